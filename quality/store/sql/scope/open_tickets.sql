-- open_tickets: the tickets that are open at the end of each window, by what is chosen of them.
create or replace temp macro open_tickets(of_source, of_queue, of_priority) as table
select
    w.window,
    t.source,
    t.id,
    t.title,
    v.status,
    v.queue,
    v.priority,
    case when f.begins = t.said_opened then t.opened else f.begins end as begins,
    t.gone
from standing_tickets as t
join ticket_fields as f on f.version = t.version and f.begins <= t.spoken
join scope_states as s on s.key = t.view::bigint << 32 | f.state
join ticket_states as v on v.state = f.state
join scope_windows as w
    on w.view = t.view
    and case when f.begins = t.said_opened then t.opened else f.begins end < w.ends
    and coalesce(case when f.ends <= t.spoken then f.ends end, w.ends) >= w.ends
where t.kind = 'tickets'
    and not exists (from scope_excused as x where x.view = t.view and x.id = t.id)
    and s.meaning not in ('resolved', 'closed')
    and s.held
    and (of_source is null or t.source = of_source)
    and (of_queue is null or v.queue = of_queue)
    and (of_priority is null or v.priority = of_priority);
