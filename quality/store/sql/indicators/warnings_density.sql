-- warnings.density: findings of the recipe's warning rules, of the lines in the languages that pylint reads.
create or replace temp macro warnings_density() as table
with code as (
    select n.snapshot, sum(n.nloc) as n
    from file_nloc as n
    join scope_parts as p on len(p.languages) = 0 or list_contains(p.languages, n.language)
    where n.class = 'production' and p.analyzer = 'pylint'
    group by n.snapshot
),
found as (
    select snapshot, count(*) as n from production_findings where severity = 'warning' group by snapshot
)
select code.snapshot, coalesce(found.n, 0) as numerator, code.n as denominator
from code
left join found using (snapshot);
