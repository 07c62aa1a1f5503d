-- ticket_time: the stretches in which tickets were not done, cut to each window, with the seconds of their
-- policies' calendars and in whose hands they were; by what is chosen.
create or replace temp macro ticket_time(of_source, of_queue, of_priority) as table
with bounds as (
    select distinct
        w.window,
        w.view,
        w.begins,
        w.ends,
        b.course,
        b.before + greatest(0, least(w.begins, b.e1) - b.b1)
            + greatest(0, least(w.begins, b.e2) - b.b2) as passed,
        e.before + greatest(0, least(w.ends, e.e1) - e.b1) + greatest(0, least(w.ends, e.e2) - e.b2)
            as passed_then
    from scope_windows as w
    join scope_policies as p on p.view = w.view
    join scope_courses as b on b.slot = p.slots_before + greatest(w.begins, p.earliest) // p.slot_seconds
    join scope_courses as e on e.slot = p.slots_before + greatest(w.ends, p.earliest) // p.slot_seconds
)
select
    w.window,
    t.source,
    t.id,
    t.title,
    t.gone,
    d.waits,
    s.holder,
    sum(least(d.passed_then, w.passed_then) - greatest(d.passed, w.passed)) as ran
from bounds as w
join ticket_duties as d
    on d.view = w.view and d.course = w.course and d.begins < w.ends and d.ends > w.begins
join standing_tickets as t on t.view = d.view and t.version = d.version
join ticket_states as v on v.state = d.state
join scope_states as s on s.key = d.view::bigint << 32 | d.state
where not d.done
    and (of_source is null or t.source = of_source)
    and (of_queue is null or v.queue = of_queue)
    and (of_priority is null or v.priority = of_priority)
group by w.window, t.source, t.id, t.title, t.gone, d.waits, s.holder;
