-- clock_spent: where the time went of all clocks of a kind that are judged in each window, from their
-- beginning to their end or to the moment of which the source speaks: running (the seconds by which they
-- are judged), waiting (the customer owed an answer, and they stood), done (resolved, until it was opened
-- again), elsewhere (in other hands than the party's), outside of the hours. Every second of a clock is in
-- one of them.
create or replace temp macro clock_spent(of_clocks, of_source, of_policy, of_queue, of_priority) as table
with judged as materialized (
    select j.window, w.view, j.version, j.turn, j.elapsed, j.began, coalesce(j.ended, t.spoken) as until
    from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority) as j
    join scope_windows as w on w.window = j.window
    join standing_tickets as t on t.view = w.view and t.version = j.version
),
stood as (
    select
        j.window, j.view, j.version, j.turn,
        case when is_over(of_clocks, d.done, d.closed) then 'done' else 'waiting' end as state,
        least(d.ends, j.until) - greatest(d.begins, j.began) as seconds
    from judged as j
    join ticket_duties as d on d.view = j.view and d.version = j.version
        and d.begins < j.until and d.ends > j.began
    where d.waits or is_over(of_clocks, d.done, d.closed)
    union all
    select
        j.window, j.view, j.version, j.turn, 'elsewhere',
        least(coalesce(e.ends, j.until), j.until) - greatest(e.begins, j.began)
    from judged as j
    join ticket_elsewhere as e on e.view = j.view and e.version = j.version
        and e.begins < j.until and coalesce(e.ends, j.until) > j.began
),
told as (
    select
        j.window,
        j.until - j.began as whole,
        j.elapsed,
        coalesce(sum(s.seconds) filter (s.state = 'done'), 0) as done,
        coalesce(sum(s.seconds) filter (s.state = 'elsewhere'), 0) as elsewhere,
        least(
            coalesce(sum(s.seconds) filter (s.state = 'waiting'), 0),
            j.until - j.began - j.elapsed - coalesce(sum(s.seconds) filter (s.state != 'waiting'), 0)
        ) as waiting  -- less what ran beyond the policy's limit
    from judged as j
    left join stood as s
        on s.window = j.window and s.view = j.view and s.version = j.version and s.turn = j.turn
    group by j.window, j.view, j.version, j.turn, j.until, j.began, j.elapsed
),
spent as (
    select
        "window",
        sum(elapsed) as running,
        sum(waiting) as waiting,
        sum(done) as done,
        sum(elsewhere) as elsewhere,
        sum(whole - elapsed - waiting - done - elsewhere) as outside
    from told
    group by "window"
)
select "window", state, seconds::bigint as seconds
from (unpivot spent on running, waiting, done, elsewhere, outside into name state value seconds)
where seconds > 0;
