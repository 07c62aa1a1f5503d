-- service.mttr: counted seconds of the outages that ended in each window, of these outages.
create or replace temp macro service_mttr(of_service, of_source) as table
select
    "window",
    coalesce(sum(counted) filter (where ended), 0) as numerator,
    count(*) filter (where ended) as denominator
from service_breaks
join asked_windows(of_service, of_source) using ("window")
group by "window";
