-- open_tickets: the tickets that are open at the end of each window, by what is chosen of them.
create or replace temp macro open_tickets(of_source, of_queue, of_priority) as table
select w.window, t.source, t.id, t.title, s.status, s.queue, s.priority, s.begins, t.gone
from scope_windows as w
join ticket_stretches as s
    on s.view = w.view and s.begins < w.ends and coalesce(s.ends, w.ends) >= w.ends
join standing_tickets as t on t.view = s.view and t.version = s.version
where t.kind = 'tickets'
    and not exists (from scope_excused as x where x.view = t.view and x.id = t.id)
    and s.meaning not in ('resolved', 'closed')
    and s.held
    and (of_source is null or t.source = of_source)
    and (of_queue is null or s.queue = of_queue)
    and (of_priority is null or s.priority = of_priority);
