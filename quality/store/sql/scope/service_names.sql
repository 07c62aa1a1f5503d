-- service_names: how the records of each view write the names of the contract's services.
create or replace temp table service_names as
select distinct r.view, n.service, r.written
from (
    select view, service as written from standing_outages
    union
    select view, service from standing_probes
) as r
join scope_service_names as n
    on n.view = r.view and (lower(r.written) = lower(n.pattern) or lower(r.written) glob lower(n.pattern));
