-- The defects that were done or opened again, those that took longest first.
select
    d.window,
    d.source,
    d.id,
    d.title,
    strftime(to_timestamp(d.found) at time zone 'UTC', '%Y-%m-%d %H:%M UTC') as found,
    d.status,
    d.seconds // 86400 as days,
    d.reopened,
    d.stayed as stayed_done,
    array_to_string(d.severities, ' -> ') as severities,
    d.gone,
    d.seconds
from fixed_defects($source, $severity) as d
order by d.seconds desc, d.id
