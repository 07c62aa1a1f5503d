-- Snapshots with less than four fifths of the production code of the period before, where that had
-- at least 500 lines. Reads scope_pairs (snapshot, before).
with size as (
    select snapshot, sum(nloc) as nloc from file_nloc where class = 'production' group by snapshot
)
select
    p.snapshot,
    '' as path,
    null::integer as line,
    coalesce(now.nloc, 0) || ' lines of production code, ' || was.nloc || ' in the period before'
        as what
from scope_pairs as p
join size as was on was.snapshot = p.before
left join size as now on now.snapshot = p.snapshot
where was.nloc >= 500 and coalesce(now.nloc, 0) * 5 < was.nloc * 4
order by p.snapshot
