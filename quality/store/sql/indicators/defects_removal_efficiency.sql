-- defects.removal_efficiency: defects that were found before delivery, of all found in each window.
create or replace temp macro defects_removal_efficiency(of_source, of_severity) as table
select
    "window",
    count(*) filter (where apart = '' and not escaped) as numerator,
    count(*) filter (where apart = '') as denominator
from found_defects(of_source, of_severity)
group by "window";
