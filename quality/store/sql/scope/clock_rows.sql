-- clock_rows: the clocks of a kind that are judged in each window, as a reader is shown them: moments in
-- UTC, and the seconds by which they ran beyond their targets.
create or replace temp macro clock_rows(of_clocks, of_source, of_policy, of_queue, of_priority) as table
select
    "window",
    source,
    id,
    title,
    policy,
    strftime(to_timestamp(began) at time zone 'UTC', '%Y-%m-%d %H:%M') as began,
    strftime(to_timestamp(due) at time zone 'UTC', '%Y-%m-%d %H:%M') as due,
    coalesce(strftime(to_timestamp(ended) at time zone 'UTC', '%Y-%m-%d %H:%M'), 'goes on') as ended,
    elapsed // 60 as minutes,
    target // 60 as target,
    missed,
    gone,
    elapsed as seconds,
    elapsed - target as beyond
from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority);
