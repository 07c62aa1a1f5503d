-- announced_maintenance: every stretch that a maintenance of each view was ever said to take, and
-- when that was announced: not after it reached us, and not before the last reading without it,
-- whatever the record says of itself. One that has no end announces nothing.
create or replace temp table announced_maintenance as
with arrived as (
    select
        v.source,
        v.version,
        epoch(b.received_at)::bigint as received,
        (
            select max(epoch(e.spoken_at)::bigint)
            from record_batches as e
            where e.source = v.source and e.batch < v.batch and e.last and e.reason = ''
        ) as unsaid
    from record_versions as v
    join record_batches as b on b.batch = v.batch
    where not v.gone
)
select
    c.view,
    c.name as source,
    v.id,
    o.service,
    o.begins,
    o.ends,
    greatest(
        least(coalesce(o.announced_at, a.received), a.received), coalesce(a.unsaid, 0)
    ) as announced
from scope_cuts as c
join record_versions as v on v.source = c.source and v.batch <= c.batch
join outages as o on o.version = v.version
join arrived as a on a.version = v.version
where c.kind = 'outages' and o.kind = 'maintenance' and o.ends is not null;
