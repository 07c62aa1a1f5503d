-- Of the tickets (and defects) of $source as they were known at $batch: how many were in one of
-- $states between two moments, by its name in $names whatever the case, most first.
with asked as (
    select unnest($states::integer[]) as state, unnest($names::varchar[]) as name
),
held as (
    select f.version, a.name
    from ticket_fields as f
    join asked as a on a.state = f.state
    where f.begins < $ends and coalesce(f.ends > $begins, true)
),
stands as (
    select coalesce(max(version) filter (where not gone), max(version)) as version
    from record_versions
    where source = $source and batch <= $batch and digest != ''  -- else it is only missing
    group by id
)
select min(h.name) as name, count(distinct h.version) as tickets
from held as h
join stands as s on s.version = h.version
group by lower(h.name)
order by tickets desc, name
