-- service.missed: agreed seconds of a service that nobody probed, of all in each window.
create or replace temp macro service_missed(of_service, of_source) as table
select
    "window",
    coalesce(sum(ends - begins) filter (where state = 'missed'), 0) as numerator,
    coalesce(sum(ends - begins) filter (where state in ('up', 'down', 'missed')), 0) as denominator
from service_seconds(of_service, of_source)
where inside
group by "window";
