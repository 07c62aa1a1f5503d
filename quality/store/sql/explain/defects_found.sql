-- The defects that were found, those that count first, the gravest first.
select
    d.window,
    d.source,
    d.id,
    d.title,
    strftime(to_timestamp(d.found) at time zone 'UTC', '%Y-%m-%d %H:%M UTC') as found,
    d.status,
    d.escaped as after_delivery,
    case when d.apart = '' then 'counted' else d.apart || ', left out' end as was,
    array_to_string(d.severities, ' -> ') as severities,
    d.gone,
    d.apart = '' as counts
from found_defects($source, $severity) as d
order by d.apart != '', d.ranked, d.found, d.id
