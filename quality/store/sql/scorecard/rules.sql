-- Findings of each of the recipe's rules.
select snapshot, rule, kind, count(*) as findings, count(*) filter (hidden) as hidden
from production_findings
group by snapshot, rule, kind
