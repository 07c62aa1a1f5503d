-- Error findings of the baseline by rule: how many there were, are now and are gone, the most that
-- are left first.
with found as (
    select snapshot, rule, any_value(severity) as severity, any_value(cwe) as cwe, count(*) as n
    from production_findings
    where kind = 'error' and ($language is null or language = $language)
    group by snapshot, rule
)
select
    b.snapshot,
    was.rule,
    was.severity,
    was.cwe,
    was.n as baseline,
    coalesce(now.n, 0) as now,
    greatest(was.n - coalesce(now.n, 0), 0) as gone
from scope_baselines as b
join found as was on was.snapshot = b.base
left join found as now on now.snapshot = b.snapshot and now.rule = was.rule
order by least(was.n, coalesce(now.n, 0)) desc, b.snapshot, was.rule
