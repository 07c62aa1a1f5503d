-- defects.open_age: days since the report of the defects that are open at the end of each window, the
-- percentile by nearest rank; where none is open, none has any age.
create or replace temp macro defects_open_age(percentile, of_source, of_severity) as table
select
    w.window,
    coalesce(quantile_disc(o.age, percentile / 100), 0) as numerator,
    86400 as denominator
from scope_windows as w
left join open_defects(of_source, of_severity) as o on o.window = w.window
group by w.window;
