-- clock_courses: the clocks of a kind that ran furthest beyond their targets in each window, stretch by
-- stretch: running (hours of the policy's calendar), waiting (the customer owes an answer), done
-- (resolved, until it was opened again), elsewhere (in other hands than the party's). What is none of these lies outside of the hours.
create or replace temp macro clock_courses(of_clocks, of_source, of_policy, of_queue, of_priority) as table
with slowest as (
    select
        j.*,
        w.view,
        t.version as ticket,
        coalesce(j.ended, t.spoken) as until,
        row_number() over (
            partition by j.window order by j.missed desc, j.elapsed - j.target desc, j.source, j.id
        ) as place
    from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority) as j
    join scope_windows as w on w.window = j.window
    join standing_tickets as t on t.view = w.view and t.source = j.source and t.id = j.id
        and t.kind = 'tickets'
    qualify place <= 10
),
duties as (
    select view, version, begins, ends, course, done, waits, false as elsewhere from ticket_duties
    union all
    select view, version, begins, coalesce(ends, 1::bigint << 60), null, false, false, true from ticket_elsewhere
),
turns as (
    select
        s.*,
        greatest(d.begins, s.began) as first,
        least(d.ends, s.until) as last,
        d.course,
        case when d.elsewhere then 'elsewhere' when d.done then 'done' when d.waits then 'waiting' else 'running' end as state
    from slowest as s
    join duties as d on d.view = s.view and d.version = s.ticket
        and d.begins < s.until and d.ends > s.began
),
pieces as (
    select t.*, t.first as begins, t.last as ends
    from turns as t
    where t.state != 'running'
    union all
    select t.*, greatest(t.first, o.begins) as begins, least(t.last, o.ends) as ends
    from turns as t
    join scope_open as o on o.course = t.course and o.begins < t.last and o.ends > t.first
    where t.state = 'running'
)
select
    "window", place, source, id, title, policy, began, due, until, target, elapsed, missed, state,
    begins, ends
from pieces
where ends > begins;
