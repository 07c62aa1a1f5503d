-- The stretches in which a service was not up, with what is said of them, the longest first.
with stretches as (
    select
        "window",
        begins,
        ends,
        state,
        count(*) filter (where before is distinct from begins) over (
            partition by "window", state order by begins
        ) as number
    from (
        select *, lag(ends) over (partition by "window", state order by begins) as before
        from service_seconds
        where inside and state != 'up' and (state != 'outside' or failed)
    )
),
whole as (
    select "window", state, min(begins) as begins, max(ends) as ends, sum(ends - begins) as seconds
    from stretches
    group by "window", state, number
),
asked as (
    select *, exists (
        from scope_owed as p where p.view = a.view and (a.source is null or p.name = a.source)
    ) as owed
    from asked_windows($service, $source) as a
)
select
    w.window,
    $service as service,
    strftime(to_timestamp(w.begins) at time zone 'UTC', '%Y-%m-%d %H:%M:%S UTC') as begins,
    strftime(to_timestamp(w.ends) at time zone 'UTC', '%Y-%m-%d %H:%M:%S UTC') as ends,
    w.seconds,
    case when w.state = 'down' or (w.state = 'missed' and any_value(s.owed)) then w.seconds else 0 end
        as against,
    case w.state
        when 'down' then 'down'
        when 'missed' then 'not probed'
        when 'maintenance' then 'planned maintenance, announced in time'
        when 'caused' then 'an outage that does not count, by its cause or an entry'
        when 'excused' then 'excused, by an entry or by another party''s failure'
        else 'outside of the agreed hours'
    end as was,
    coalesce(array_to_string(list_sort(list_distinct(list(o.id))), ', '), '') as records,
    coalesce(array_to_string(list_sort(list_distinct(list(nullif(o.cause, '')))), '; '), '') as causes
from whole as w
join asked as s on s.window = w.window
left join outage_causes as o
    on o.view = s.view and o.service = s.service
    and ($source is null or o.source = $source)
    and o.begins < w.ends and coalesce(o.ends, w.ends) > w.begins
group by w.window, w.begins, w.ends, w.seconds, w.state
order by w.state = 'down' desc, w.seconds desc, w.begins
