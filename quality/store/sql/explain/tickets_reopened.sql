-- The tickets whose work was done, those that were opened again first; moments in UTC.
select
    "window",
    source,
    id,
    title,
    strftime(to_timestamp(done_at) at time zone 'UTC', '%Y-%m-%d %H:%M') as done,
    case when again then strftime(to_timestamp(last_open) at time zone 'UTC', '%Y-%m-%d %H:%M') end
        as opened_again,
    again,
    gone
from done_tickets($source, $queue, $priority)
order by again desc, done_at, source, id
