-- standing_probes: the stretches of probes of each view as they were known.
create or replace temp table standing_probes as
with known as (
    select c.view, c.name as source, v.source as number, v.id, max(v.version) as version
    from scope_cuts as c
    join record_versions as v on v.source = c.source and v.batch <= c.batch
    where c.kind = 'probes' and not v.gone
    group by c.view, c.name, v.source, v.id
)
select k.view, k.source, p.service, p.begins, p.ends, p.up, p.results, p.failed
from known as k
join probe_stretches as p on p.version = k.version;
