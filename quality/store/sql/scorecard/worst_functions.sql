-- The most complex functions of each owner (a contract's snapshots share one).
-- Reads scope_owners (snapshot, owner). Only what reaches the $top-th rank by numbers is sorted.
with ranked as not materialized (
    select o.owner, f.*, f.ccn::bigint << 32 | f.nloc as rank
    from production_functions as f
    join scope_owners as o on o.snapshot = f.snapshot
),
limits as (
    select owner, list_min(max(rank, $top)) as least from ranked group by owner
)
select
    r.snapshot, r.path, r.name, r.start_line, r.ccn, r.nloc, r.parameters, r.nesting, r.cognitive,
    r.reader
from ranked as r
join limits as l on l.owner = r.owner and r.rank >= l.least
qualify row_number() over (
    partition by r.owner
    order by r.ccn desc, r.nloc desc, r.snapshot, r.path, r.start_line, r.name
) <= $top
order by r.owner, r.ccn desc, r.nloc desc, r.snapshot, r.path, r.start_line, r.name
