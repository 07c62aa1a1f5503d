-- service.missed: agreed seconds of a service that nobody probed, of all in each window.
create or replace temp macro service_missed(of_service, of_source) as table
select
    "window",
    coalesce(sum(d.ends - d.begins) filter (where state = 'missed'), 0) as numerator,
    coalesce(sum(d.ends - d.begins) filter (where state in ('up', 'down', 'missed')), 0) as denominator
from service_seconds as d
join asked_windows(of_service, of_source) using ("window")
where inside
group by "window";
