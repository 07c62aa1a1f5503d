-- The open tickets, those that have stood longest in their state first.
select
    "window",
    source,
    id,
    title,
    status,
    queue,
    priority,
    strftime(to_timestamp(begins) at time zone 'UTC', '%Y-%m-%d %H:%M') as since,
    gone
from open_tickets($source, $queue, $priority)
order by begins, source, id
