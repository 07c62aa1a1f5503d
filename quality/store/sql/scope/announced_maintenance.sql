-- announced_maintenance: every stretch that a maintenance of each view was ever said to take, and
-- when that was announced: not after it reached us, and not before the last reading without it,
-- whatever the record says of itself. One that has no end announces nothing.
create or replace temp table announced_maintenance as
with said as (
    select
        c.view,
        c.name as source,
        v.source as number,
        v.batch,
        v.id,
        o.service,
        o.begins,
        o.ends,
        o.announced_at
    from scope_cuts as c
    join record_versions as v on v.source = c.source and v.batch <= c.batch
    join outages as o on o.version = v.version
    where c.kind = 'outages' and o.kind = 'maintenance' and o.ends is not null and not v.gone
),
readings as (
    select
        b.source as number,
        b.batch,
        epoch(b.received_at)::bigint as received,
        max(case when b.last and b.reason = '' then epoch(b.spoken_at)::bigint end) over (
            partition by b.source order by b.batch
            rows between unbounded preceding and 1 preceding
        ) as unsaid
    from record_batches as b
)
select
    s.view,
    s.source,
    s.id,
    s.service,
    s.begins,
    s.ends,
    greatest(
        least(coalesce(s.announced_at, r.received), r.received), coalesce(r.unsaid, 0)
    ) as announced
from said as s
join readings as r on r.number = s.number and r.batch = s.batch;
