-- The production code by language: who searches it for errors, and what is found. What the lists
-- count is null where no analyzer looks for it.
with searched as (
    select
        j.snapshot,
        j.language,
        any_value(j.nloc) as nloc,
        list(distinct p.analyzer order by p.analyzer)
            filter (p.analyzer is not null) as analyzers,
        bool_or(exists (
            select 1 from recipe_rules as r where r.analyzer = p.analyzer and r.security
        )) as security
    from judged_nloc as j
    left join scope_parts as p
        on p.finds and (len(p.languages) = 0 or list_contains(p.languages, j.language))
    group by j.snapshot, j.language
),
found as (
    select
        snapshot,
        language,
        count(*) filter (kind = 'error') as errors,
        count(*) filter (kind = 'warning') as warnings,
        count(*) filter (security) as weaknesses
    from production_findings
    group by snapshot, language
)
select
    s.snapshot,
    s.language,
    s.nloc,
    coalesce(s.analyzers, []) as analyzers,
    if(s.analyzers is null, null, coalesce(f.errors, 0)) as errors,
    if(s.analyzers is null, null, coalesce(f.warnings, 0)) as warnings,
    if(s.security, coalesce(f.weaknesses, 0), null) as weaknesses
from searched as s
left join found as f using (snapshot, language)
