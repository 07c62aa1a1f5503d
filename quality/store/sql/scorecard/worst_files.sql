-- The files with most code in complex functions (CCN above 10), of each owner.
-- Reads scope_owners (snapshot, owner). All else is read of the files that are shown.
with complex as (
    select snapshot, path, max(ccn) as max_ccn, sum(nloc) as complex_nloc
    from production_functions
    where ccn > 10
    group by snapshot, path
    having complex_nloc > 0
),
worst as materialized (
    select o.owner, c.*
    from complex as c
    join scope_owners as o on o.snapshot = c.snapshot
    qualify row_number() over (
        partition by o.owner
        order by c.complex_nloc desc, c.max_ccn desc, c.snapshot, c.path
    ) <= $top
),
counted as (
    select snapshot, path, count(*) as functions
    from production_functions
    semi join worst using (snapshot, path)
    group by snapshot, path
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
    c.functions,
    w.max_ccn,
    w.complex_nloc,
    coalesce(f.findings, 0) as findings
from worst as w
join counted as c using (snapshot, path)
join file_nloc as n using (snapshot, path)
left join found as f using (snapshot, path)
order by w.owner, w.complex_nloc desc, w.max_ccn desc, w.snapshot, w.path
