-- debt.reduction: findings of the recipe's error rules in the baseline, less those of the same rule
-- now, of the baseline's. By rule, so that a finding on a rewritten line is not gone.
create or replace temp macro debt_reduction(lang) as table
with found as (
    select snapshot, rule, count(*) as n
    from production_findings
    where kind = 'error' and (lang is null or language = lang)
    group by snapshot, rule
)
select
    b.snapshot,
    sum(greatest(was.n - coalesce(now.n, 0), 0)) as numerator,
    sum(was.n) as denominator
from scope_baselines as b
join found as was on was.snapshot = b.base
left join found as now on now.snapshot = b.snapshot and now.rule = was.rule
group by b.snapshot;
