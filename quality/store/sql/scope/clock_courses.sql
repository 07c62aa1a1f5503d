-- clock_courses: the clocks of a kind that ran furthest beyond their targets in each window, stretch by
-- stretch: running (hours of the policy's calendar, also while the customer owes an answer for longer
-- than the policy lets a clock stand), waiting (he owes one, and it stands), done (resolved, until it
-- was opened again; no answer is), elsewhere (in other hands than the party's). What is none of these
-- lies outside of the hours.
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
    select view, version, begins, ends, course, policy,
        is_over(of_clocks, done, closed) as done,
        waits, passed, passed_then, false as elsewhere
    from ticket_duties
    union all
    select view, version, begins, coalesce(ends, 1::bigint << 60), null, null, false, false, 0, 0, true
    from ticket_elsewhere
),
turns as (
    select
        s.*,
        greatest(d.begins, s.began) as first,
        least(d.ends, s.until) as last,
        d.course,
        d.passed,
        d.passed_then - d.passed as whole,
        case when d.elsewhere then 'elsewhere' when d.done then 'done' when d.waits then 'waiting'
            else 'running' end as state,
        may_stand(
            whole, p.stands, coalesce(sum(whole) filter (d.waits and not d.done) over before, 0)
        ) as free
    from slowest as s
    join duties as d on d.view = s.view and d.version = s.ticket
        and d.begins < s.until and d.ends > s.began
    left join scope_policies as p on p.view = d.view and p.policy = d.policy
    window before as (partition by s.window, s.place order by d.begins
                      rows between unbounded preceding and 1 preceding)
),
limited as (
    select *,
        case when state = 'waiting' and free < whole then passed + free end as stands_to
    from turns
),
parted as (
    select
        l.*,
        case when l.state = 'running' then l.first
            else least(l.last, coalesce(o.begins + l.stands_to - o.before, l.last)) end as runs_from
    from limited as l
    asof left join scope_open as o on o.course = l.course and l.stands_to >= o.before
),
pieces as (
    select p.*, p.first as begins, p.runs_from as ends
    from parted as p
    union all
    select p.* replace ('running' as state),
        greatest(p.first, p.runs_from, o.begins) as begins, least(p.last, o.ends) as ends
    from parted as p
    join scope_open as o on o.course = p.course and o.begins < p.last and o.ends > p.runs_from
    where p.runs_from < p.last
)
select
    "window", place, source, id, title, policy, began, due, until, target, elapsed, missed, state,
    begins, ends
from pieces
where ends > begins;
