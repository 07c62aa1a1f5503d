-- The open defects, the oldest first.
select
    d.window,
    d.source,
    d.id,
    d.title,
    strftime(to_timestamp(d.found) at time zone 'UTC', '%Y-%m-%d %H:%M UTC') as found,
    d.status,
    d.age // 86400 as days,
    array_to_string(d.severities, ' -> ') as severities,
    d.gone,
    d.age as seconds
from open_defects($source, $severity) as d
order by d.age desc, d.id
