-- Where the time of tickets went, by the calendars of their policies; those that waited longest first.
select
    "window",
    source,
    id,
    title,
    coalesce(sum(ran) filter (where waits), 0) // 60 as waiting_minutes,
    coalesce(sum(ran), 0) // 60 as minutes,
    bool_or(gone) as gone
from ticket_time($source, $queue, $priority)
group by "window", source, id, title
order by waiting_minutes desc, minutes desc, source, id
