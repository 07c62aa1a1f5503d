-- service.outages: outages that began in each window.
create or replace temp macro service_outages(of_service, of_source) as table
select "window", count(*) filter (where begun) as numerator, 1 as denominator
from service_breaks
join asked_windows(of_service, of_source) using ("window")
group by "window";
