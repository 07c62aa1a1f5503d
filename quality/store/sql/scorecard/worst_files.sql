-- The files with most code in complex functions (CCN above 10), of each owner.
-- Reads scope_owners (snapshot, owner).
with by_function as (
    select
        snapshot,
        path,
        count(*) as functions,
        max(ccn) as max_ccn,
        coalesce(sum(nloc) filter (ccn > 10), 0) as complex_nloc
    from production_functions
    group by snapshot, path
    having complex_nloc > 0
),
worst as (
    select o.owner, b.*
    from by_function as b
    join scope_owners as o on o.snapshot = b.snapshot
    qualify row_number() over (
        partition by o.owner
        order by b.complex_nloc desc, b.max_ccn desc, b.snapshot, b.path
    ) <= $top
),
found as (
    select snapshot, path, count(*) as findings from production_findings group by snapshot, path
)
select
    w.owner,
    w.snapshot,
    w.path,
    n.nloc,
    w.functions,
    w.max_ccn,
    w.complex_nloc,
    coalesce(f.findings, 0) as findings
from worst as w
join file_nloc as n on n.snapshot = w.snapshot and n.path = w.path
left join found as f on f.snapshot = w.snapshot and f.path = w.path
order by w.owner, w.complex_nloc desc, w.max_ccn desc, w.snapshot, w.path
