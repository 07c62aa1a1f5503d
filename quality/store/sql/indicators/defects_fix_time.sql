-- defects.fix_time: days from report to fix of the defects that were fixed in each window and stayed
-- so, the percentile by nearest rank.
create or replace temp macro defects_fix_time(percentile, of_source, of_severity) as table
select "window", quantile_disc(seconds, percentile / 100) as numerator, 86400 as denominator
from fixed_defects(of_source, of_severity)
where stayed
group by "window";
