-- errors.density: findings of the recipe's error rules, of the lines of Python.
create or replace temp macro errors_density() as table
with code as (
    select snapshot, sum(nloc) as n
    from file_nloc
    where class = 'production' and language = 'python'
    group by snapshot
),
found as (
    select snapshot, count(*) as n from production_findings where severity = 'error' group by snapshot
)
select code.snapshot, coalesce(found.n, 0) as numerator, code.n as denominator
from code
left join found using (snapshot);
