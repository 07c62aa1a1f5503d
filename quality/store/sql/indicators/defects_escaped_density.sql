-- defects.escaped_density: defects that were found in each window after delivery; the lines of code
-- come from the period's snapshots.
create or replace temp macro defects_escaped_density(of_source, of_severity) as table
select "window", count(*) filter (where apart = '' and escaped) as numerator, 1 as denominator
from found_defects(of_source, of_severity)
group by "window";
