-- suppressions.density: directives that ask an analyzer to look away, of the lines of code.
create or replace temp macro suppressions_density() as table
with code as (
    select snapshot, sum(nloc) as n from file_nloc where class = 'production' group by snapshot
),
found as (
    select snapshot, count(*) as n from production_suppressions group by snapshot
)
select code.snapshot, coalesce(found.n, 0) as numerator, code.n as denominator
from code
left join found using (snapshot);
