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
)
where much > 0
group by "window", part;
