-- security.density: findings of the recipe's rules with a weakness of its security list, of the lines
-- in the languages in which an analyzer looks for any. lang null: all of them.
create or replace temp macro security_density(lang) as table
with code as (
    select n.snapshot, sum(n.nloc) as n
    from file_nloc as n
    where n.class = 'production' and (lang is null or n.language = lang) and exists (
        select 1
        from scope_parts as p
        join recipe_rules as r on r.analyzer = p.analyzer
        where r.security and (len(p.languages) = 0 or list_contains(p.languages, n.language))
    )
    group by n.snapshot
),
found as (
    select snapshot, count(*) as n
    from production_findings
    where security and (lang is null or language = lang)
    group by snapshot
)
select code.snapshot, coalesce(found.n, 0) as numerator, code.n as denominator
from code
left join found using (snapshot);
