-- availability_parts: what a service's agreed seconds in each window, or its requests there, were.
create or replace temp macro availability_parts(of_service, of_source, measured) as table
select "window", part, sum(much) as much
from (
    select
        "window",
        case
            when measured = 'requests' and counts then 'good requests'
            when measured = 'requests' then 'requests left out'
            when state in ('up', 'down') then 'seconds ' || state
            when state = 'missed' and counts then 'seconds not probed, counted as down'
            when state = 'missed' then 'seconds not probed, left out'
            when state = 'maintenance' then 'seconds of planned maintenance, left out'
            when state = 'caused' then 'seconds of outages that do not count'
            else 'seconds excused'
        end as part,
        case when measured = 'requests' and counts then good else whole end as much
    from service_parts(of_service, of_source, measured)
    union all
    select "window", 'failed requests', whole - good
    from service_parts(of_service, of_source, measured)
    where measured = 'requests' and counts
    union all
    select a.window, 'services in the records that the contract does not name', count(*)
    from asked_windows(of_service, of_source) as a
    join (
        select view, source, service from standing_outages
        union
        select view, source, service from standing_probes
    ) as r on r.view = a.view and (a.source is null or r.source = a.source)
    anti join service_names as n on n.view = r.view and n.written = r.service
    group by a.window
)
where much > 0
group by "window", part;
