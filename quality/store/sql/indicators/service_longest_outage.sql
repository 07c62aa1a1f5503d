-- service.longest_outage: counted seconds of the longest outage with any in each window, those before
-- it included.
create or replace temp macro service_longest_outage(of_service, of_source) as table
select "window", coalesce(max(counted) filter (where inside > 0), 0) as numerator, 1 as denominator
from service_breaks
join asked_windows(of_service, of_source) using ("window")
group by "window";
