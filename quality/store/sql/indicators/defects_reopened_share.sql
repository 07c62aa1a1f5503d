-- defects.reopened_share: defects that were opened again in each window, of those that were done or
-- opened again there.
create or replace temp macro defects_reopened_share(of_source, of_severity) as table
select "window", count(*) filter (where reopened) as numerator, count(*) as denominator
from fixed_defects(of_source, of_severity)
group by "window";
