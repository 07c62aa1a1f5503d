-- done_tickets: the tickets whose work was done in each window, from the first time on, and whether they
-- were opened again since; by what is chosen.
create or replace temp macro done_tickets(of_source, of_queue, of_priority) as table
with openings as (
    select view, version, max(begins) as last_open
    from ticket_stretches
    where meaning not in ('resolved', 'closed')
    group by view, version
)
select
    w.window,
    t.source,
    t.id,
    t.title,
    t.gone,
    min(s.begins) as done_at,
    any_value(o.last_open) as last_open,
    any_value(o.last_open) > min(s.begins) as again
from scope_windows as w
join ticket_stretches as s
    on s.view = w.view and s.begins >= w.begins and s.begins < w.ends
    and s.meaning in ('resolved', 'closed')
    and s.held
join ticket_stretches as p
    on p.view = s.view and p.version = s.version and p.ends = s.begins
    and p.meaning not in ('resolved', 'closed')
join openings as o on o.view = s.view and o.version = s.version
join standing_tickets as t on t.view = s.view and t.version = s.version and t.kind = 'tickets'
where (of_source is null or t.source = of_source)
    and (of_queue is null or s.queue = of_queue)
    and (of_priority is null or s.priority = of_priority)
    and not exists (from scope_excused as x where x.view = t.view and x.id = t.id)
group by w.window, t.source, t.id, t.title, t.gone;
