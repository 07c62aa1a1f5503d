-- The outages of a service that bear on a window, the longest first.
select
    b.window,
    $service as service,
    strftime(to_timestamp(b.begins) at time zone 'UTC', '%Y-%m-%d %H:%M:%S UTC') as begins,
    strftime(to_timestamp(b.ends) at time zone 'UTC', '%Y-%m-%d %H:%M:%S UTC') as ends,
    b.counted,
    b.inside as counted_in_period,
    b.begun as begun_in_period,
    b.ended as ended_in_period,
    coalesce(array_to_string(list_sort(list_distinct(list(o.id))), ', '), '') as records,
    coalesce(array_to_string(list_sort(list_distinct(list(nullif(o.cause, '')))), '; '), '') as causes
from service_breaks as b
join asked_windows($service, $source) as s on s.window = b.window
left join outage_causes as o
    on o.view = s.view and o.service = s.service
    and ($source is null or o.source = $source)
    and o.begins < b.ends and coalesce(o.ends, b.ends) > b.begins
where b.inside > 0 or b.ended
group by all
order by counted desc, begins
