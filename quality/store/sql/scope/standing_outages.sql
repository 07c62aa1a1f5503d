-- standing_outages: the outages and maintenance of each view as they were known: what their source
-- said last of each, also where it has it no more (gone).
create or replace temp table standing_outages as
with known as (
    select
        c.view,
        c.name as source,
        v.id,
        max(v.version) filter (where not v.gone) as version,
        arg_max(v.gone, v.version) as gone
    from scope_cuts as c
    join record_versions as v on v.source = c.source and v.batch <= c.batch
    where c.kind = 'outages'
    group by c.view, c.name, v.id
)
select k.view, k.source, k.id, k.gone, o.service, o.kind, o.begins, o.ends, o.announced_at, o.cause
from known as k
join outages as o on o.version = k.version;
