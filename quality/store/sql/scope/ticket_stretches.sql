-- ticket_stretches: what stood in a ticket's fields from one moment to the next, by what its source
-- said up to the moment of which it spoke; the last stretch has no end.
create or replace temp view ticket_stretches as
select
    t.view,
    t.version,
    case when f.begins = c.opened then t.opened else f.begins end as begins,
    case when f.ends <= t.spoken then f.ends end as ends,
    f.status,
    coalesce(s.meaning, 'open') as meaning,
    f.priority,
    f.queue,
    f."group",
    f."type",
    f.severity,
    f.spoke
from standing_tickets as t
join tickets as c on c.version = t.version
join ticket_fields as f on f.version = t.version
left join scope_statuses as s on s.view = t.view and s.status = lower(f.status)
where f.begins <= t.spoken;
