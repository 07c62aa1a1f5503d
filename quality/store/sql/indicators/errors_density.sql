-- errors.density: findings of the recipe's error rules, of the lines in the
-- languages that an error analyzer reads. lang null: all of them.
create or replace temp macro errors_density(lang) as table
with code as (
    select snapshot, sum(nloc) as n
    from judged_nloc
    where judged and (lang is null or language = lang)
    group by snapshot
),
found as (
    select snapshot, count(*) as n
    from production_findings
    where kind = 'error' and (lang is null or language = lang)
    group by snapshot
)
select code.snapshot, coalesce(found.n, 0) as numerator, code.n as denominator
from code
left join found using (snapshot);
