-- service_requests: requests of each service in each window, by the state of the moment at which
-- their stretch begins.
create or replace temp table service_requests as
with marks as (
    select "window", begins as moment, 0 as rank, state, 0 as results, 0 as failed
    from service_seconds
    union all
    select w.window, p.begins, 1, null, p.results, p.failed
    from scope_services as w
    join service_names as n on n.view = w.view and n.service = w.service
    join standing_probes as p on p.view = w.view and p.service = n.written
    where p.begins >= w.begins and p.begins < w.ends and (w.source is null or p.source = w.source)
),
told as (
    select
        "window",
        rank,
        last_value(state ignore nulls) over (
            partition by "window" order by moment, rank
            rows between unbounded preceding and current row
        ) as state,
        results,
        failed
    from marks
)
select "window", state, sum(results) as results, sum(failed) as failed
from told
where rank = 1
group by "window", state;
