-- size.functions: functions in production files.
create or replace temp macro size_functions() as table
select f.snapshot, count(p.path) as numerator, 1 as denominator
from (select distinct snapshot from scope_files) as f
left join production_functions as p on p.snapshot = f.snapshot
group by f.snapshot;
