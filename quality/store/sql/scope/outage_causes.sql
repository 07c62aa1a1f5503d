-- outage_causes: the outages of each service, and whether they count: not where the contract names
-- their cause, or where an entry of the ledger names the outage itself.
create or replace temp table outage_causes as
select
    n.view,
    n.service,
    o.source,
    o.id,
    o.kind,
    o.begins,
    o.ends,
    o.cause,
    o.gone,
    exists (
        select * from scope_causes as c
        where c.view = n.view and c.service = n.service and lower(o.cause) glob lower(c.pattern)
    ) as named,
    exists (
        select * from scope_excused as e
        where e.view = n.view and e.id = o.id and coalesce(e.service, n.service) = n.service
    ) as excused
from service_names as n
join standing_outages as o on o.view = n.view and o.service = n.written;
