-- size.files: production files.
create or replace temp macro size_files() as table
select snapshot, count(*) as numerator, 1 as denominator
from scope_files
where class = 'production'
group by snapshot;
