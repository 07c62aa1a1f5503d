-- Snapshots with half as much production code again as in the period before, where that had at least
-- 500 lines. Reads scope_pairs (snapshot, before).
with size as (
    select snapshot, sum(nloc) as nloc from file_nloc where class = 'production' group by snapshot
)
select
    p.snapshot,
    '' as path,
    null::integer as line,
    now.nloc || ' lines of production code, ' || was.nloc || ' in the period before'
        as what
from scope_pairs as p
join size as was on was.snapshot = p.before
join size as now on now.snapshot = p.snapshot
where was.nloc >= 500 and now.nloc * 2 >= was.nloc * 3
order by p.snapshot
