-- service_layers: all that is said of each service's time in a window and before it, laid one over
-- the other.
create or replace temp table service_layers as
with said as (
    select "window", 'window' as layer, null as source, begins, ends from scope_services
    union all
    select s.window, 'agreed', null, a.begins, a.ends
    from scope_services as s
    join scope_agreed as a on a.window = s.window and a.service = s.service
    union all
    select s.window, 'planned', null, a.begins, a.ends
    from scope_services as s
    join scope_maintenance as a on a.window = s.window and a.service = s.service
    union all
    select
        s.window,
        case
            when o.kind = 'maintenance' then 'maintenance'
            when o.named or o.excused then 'caused'
            else 'out'
        end,
        o.source,
        o.begins,
        o.ends
    from scope_services as s
    join outage_causes as o on o.view = s.view and o.service = s.service
    union all
    select s.window, 'announced', m.source, m.begins, m.ends
    from scope_services as s
    join service_names as n on n.view = s.view and n.service = s.service
    join announced_maintenance as m on m.view = s.view and m.service = n.written
    where m.announced + s.announced <= m.begins
    union all
    select s.window, case when p.up then 'up' else 'down' end, p.source, p.begins, p.ends
    from scope_services as s
    join service_names as n on n.view = s.view and n.service = s.service
    join standing_probes as p
        on p.view = s.view and p.service = n.written and p.begins < s.ends and p.ends > s.since
    union all
    select s.window, 'excused', null, e.begins, e.ends
    from scope_services as s
    join scope_excused as e on e.view = s.view and coalesce(e.service, s.service) = s.service
    where e.id is null
)
select
    s.window,
    d.layer,
    greatest(d.begins, s.since) as begins,
    least(coalesce(d.ends, s.ends), s.ends) as ends
from said as d
join scope_services as s on s.window = d.window
where (d.source is null or s.source is null or d.source = s.source)
    and greatest(d.begins, s.since) < least(coalesce(d.ends, s.ends), s.ends);
