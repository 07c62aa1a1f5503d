-- findings.density: findings that reports declare, of the lines of production code.
create or replace temp macro findings_density(origin, maker, grade, named, weakness) as table
with code as (
    select snapshot, sum(nloc) as n from file_nloc where class = 'production' group by snapshot
),
found as (
    select snapshot, count(*) as n
    from chosen_findings(origin, maker, grade, named, weakness)
    group by snapshot
)
select code.snapshot, coalesce(found.n, 0) as numerator, code.n as denominator
from code
left join found using (snapshot);
