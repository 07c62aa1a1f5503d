-- defects.open: defects that are open at the end of each window.
create or replace temp macro defects_open(of_source, of_severity) as table
select "window", count(*) as numerator, 1 as denominator
from open_defects(of_source, of_severity)
group by "window";
