-- ticket_stretches: what stood in a ticket's fields from one moment to the next, by what its source
-- said up to the moment of which it spoke; the last stretch has no end.
create or replace temp view ticket_stretches as
select
    t.view,
    t.version,
    case when f.begins = t.said_opened then t.opened else f.begins end as begins,
    case when f.ends <= t.spoken then f.ends end as ends,
    f.state,
    v.status,
    s.meaning,
    v.priority,
    v.queue,
    v."group",
    v."type",
    v.severity,
    f.spoke,
    s.holder,
    s.held
from standing_tickets as t
join ticket_fields as f on f.version = t.version
join ticket_states as v on v.state = f.state
join scope_states as s on s.key = t.view::bigint << 32 | f.state
where f.begins <= t.spoken;
