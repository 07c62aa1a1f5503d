-- ticket_duties: each stretch of a ticket under the policy that takes it, with the seconds of the
-- policy's calendar before it (passed) and in it; the last one goes on. waits: the customer owes an
-- answer. Tickets that are excused or that no policy takes have none.
create or replace temp table ticket_duties as
with kept as (
    select distinct s.view, s.version, first(m.policy order by s.begins) as policy
    from ticket_stretches as s
    join scope_matches as m
        on m.view = s.view and m.priority = s.priority and m.queue = s.queue
        and m."group" = s."group" and m."type" = s."type"
    where s.view in (select view from scope_policies where keeps)
    group by s.view, s.version
),
taken as (
    select
        s.view,
        s.version,
        s.begins,
        coalesce(s.ends, p.horizon) as ends,
        s.ends is null as lasts,
        s.meaning,
        s.priority,
        s.queue,
        s.spoke,
        p.*  exclude (view)
    from ticket_stretches as s
    join standing_tickets as t on t.view = s.view and t.version = s.version and t.kind = 'tickets'
    join scope_matches as m
        on m.view = s.view and m.priority = s.priority and m.queue = s.queue
        and m."group" = s."group" and m."type" = s."type"
    left join kept as k on k.view = s.view and k.version = s.version
    left join scope_policies as o on o.view = s.view and o.policy = k.policy and o.keeps
    join scope_policies as p on p.view = s.view and p.policy = coalesce(o.policy, m.policy)
    where not exists (from scope_excused as x where x.view = t.view and x.id = t.id)
)
select
    t.view,
    t.version,
    t.begins,
    t.ends,
    t.lasts,
    t.meaning in ('resolved', 'closed') as done,
    t.meaning = 'closed' as closed,
    t.spoke,
    t.priority,
    t.queue,
    t.policy,
    t.course,
    case t.pauses when 'status' then t.meaning = 'waiting' when 'reply' then t.spoke = 'agent'
        else false end as waits,
    b.before + greatest(0, least(t.begins, b.e1) - b.b1) + greatest(0, least(t.begins, b.e2) - b.b2)
        + greatest(0, least(t.begins, b.e3) - b.b3) as passed,
    e.before + greatest(0, least(t.ends, e.e1) - e.b1) + greatest(0, least(t.ends, e.e2) - e.b2)
        + greatest(0, least(t.ends, e.e3) - e.b3) as passed_then
from taken as t
join scope_courses as b on b.course = t.course and b.slot = t.begins // t.slot_seconds
join scope_courses as e on e.course = t.course and e.slot = t.ends // t.slot_seconds;
