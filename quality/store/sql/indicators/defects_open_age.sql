-- defects.open_age: days since the report of the defects that are open at the end of each window, the
-- percentile by nearest rank.
create or replace temp macro defects_open_age(percentile, of_source, of_severity) as table
select "window", age as numerator, 86400 as denominator
from (
    select
        "window",
        age,
        row_number() over (partition by "window" order by age, source, id) as place,
        count(*) over (partition by "window") as n
    from open_defects(of_source, of_severity)
)
where place = (percentile * n + 99) // 100;
