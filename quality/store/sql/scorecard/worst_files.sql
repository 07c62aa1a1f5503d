-- The files with most code in complex functions (CCN above 10), of each owner.
-- Reads scope_owners (snapshot, owner). All else is read of the files that are shown.
with worst as materialized (
    select o.owner, f.*
    from file_functions as f
    join scope_owners as o on o.snapshot = f.snapshot
    where f.complex_nloc > 0
    qualify row_number() over (
        partition by o.owner
        order by f.complex_nloc desc, f.max_ccn desc, f.snapshot, f.path
    ) <= $top
),
found as (
    select snapshot, path, count(*) as findings
    from production_findings
    semi join worst using (snapshot, path)
    group by snapshot, path
)
select
    w.snapshot,
    w.path,
    n.nloc,
    w.functions,
    w.max_ccn,
    w.complex_nloc,
    coalesce(f.findings, 0) as findings
from worst as w
join file_nloc as n using (snapshot, path)
left join found as f using (snapshot, path)
order by w.owner, w.complex_nloc desc, w.max_ccn desc, w.snapshot, w.path
