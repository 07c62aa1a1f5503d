-- The most complex functions of each owner (a contract's snapshots share one).
-- Reads scope_owners (snapshot, owner).
select o.owner, f.snapshot, f.path, f.name, f.start_line, f.ccn, f.nloc, f.parameters, f.nesting
from production_functions as f
join scope_owners as o on o.snapshot = f.snapshot
qualify row_number() over (
    partition by o.owner
    order by f.ccn desc, f.nloc desc, f.snapshot, f.path, f.start_line, f.name
) <= $top
order by o.owner, f.ccn desc, f.nloc desc, f.snapshot, f.path, f.start_line, f.name
