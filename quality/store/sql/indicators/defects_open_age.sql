-- defects.open_age: days since the report of the defects that are open at the end of each window, the
-- percentile by nearest rank; where none is open, none has any age.
create or replace temp macro defects_open_age(percentile, of_source, of_severity) as table
select w.window, coalesce(o.age, 0) as numerator, 86400 as denominator
from scope_windows as w
left join (
    select
        "window",
        age,
        row_number() over (partition by "window" order by age, source, id) as place,
        count(*) over (partition by "window") as n
    from open_defects(of_source, of_severity)
) as o on o.window = w.window and o.place = (percentile * o.n + 99) // 100;
