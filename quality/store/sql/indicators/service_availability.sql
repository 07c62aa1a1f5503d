-- service.availability: seconds in which a service was up, of those agreed in each window, or good
-- requests of all.
create or replace temp macro service_availability(of_service, of_source, measured) as table
select
    "window",
    coalesce(sum(good) filter (where counts), 0) as numerator,
    coalesce(sum(whole) filter (where counts), 0) as denominator
from service_parts(of_service, of_source, measured)
group by "window";
