-- Of the tickets (and defects) of $source as they were known at $batch: how many were in one of
-- $statuses between two moments, by status whatever its case, most first.
with unnamed as (
    select state, status from ticket_states where status in (select unnest($statuses))
),
held as (
    select f.version, u.status
    from ticket_fields as f
    join unnamed as u on u.state = f.state
    where f.begins < $ends and coalesce(f.ends > $begins, true)
),
stands as (
    select coalesce(max(version) filter (where not gone), max(version)) as version
    from record_versions
    where source = $source and batch <= $batch and digest != ''  -- else it is only missing
    group by id
)
select min(h.status) as status, count(distinct h.version) as tickets
from held as h
join stands as s on s.version = h.version
group by lower(h.status)
order by tickets desc, status
