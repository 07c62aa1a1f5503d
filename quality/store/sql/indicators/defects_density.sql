-- defects.density: defects that were found in each window; the lines of code come from the period's
-- snapshots.
create or replace temp macro defects_density(of_source, of_severity) as table
select "window", count(*) filter (where apart = '') as numerator, 1 as denominator
from found_defects(of_source, of_severity)
group by "window";
