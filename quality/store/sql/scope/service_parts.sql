-- service_parts: what a service's agreed time in each window, or its requests there, come to by
-- state. counts: whether they are in the denominator: what nobody knows is, where the supplier owes
-- the probes.
create or replace temp macro service_parts(of_service, of_source, measured) as table
with spans as (
    select "window", d.state, sum(d.ends - d.begins) as whole, 0 as failed
    from service_seconds as d
    join asked_windows(of_service, of_source) using ("window")
    where inside and state != 'outside' and measured is distinct from 'requests'
    group by "window", d.state
    union all
    select "window", state, results, failed
    from service_requests
    join asked_windows(of_service, of_source) using ("window")
    where state != 'outside' and measured = 'requests'
),
owed as (
    select distinct w.window, true as owed
    from scope_services as w
    join scope_owed as p on p.view = w.view and (w.source is null or p.name = w.source)
)
select
    s.window,
    s.state,
    s.whole,
    case
        when measured = 'requests' then s.whole - s.failed
        when s.state = 'up' then s.whole
        else 0
    end as good,
    case
        when measured = 'requests' then s.state in ('up', 'down')
        when s.state = 'missed' then coalesce(o.owed, false)
        else s.state in ('up', 'down')
    end as counts
from spans as s
left join owed as o on o.window = s.window;
