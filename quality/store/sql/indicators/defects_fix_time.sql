-- defects.fix_time: days from report to fix of the defects that were fixed in each window and stayed
-- so, the percentile by nearest rank.
create or replace temp macro defects_fix_time(percentile, of_source, of_severity) as table
select "window", seconds as numerator, 86400 as denominator
from (
    select
        "window",
        seconds,
        row_number() over (partition by "window" order by seconds, source, id) as place,
        count(*) over (partition by "window") as n
    from fixed_defects(of_source, of_severity)
    where stayed
)
where place = (percentile * n + 99) // 100;
