-- suppressions.hidden: findings of the recipe's rules that directives would have hidden.
create or replace temp macro suppressions_hidden() as table
select f.snapshot, count(p.path) as numerator, 1 as denominator
from (select distinct snapshot from scope_files) as f
left join production_findings as p on p.snapshot = f.snapshot and p.hidden
group by f.snapshot;
