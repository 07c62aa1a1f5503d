-- ticket_duties: each stretch of a ticket under the policy that takes it, with the seconds of the
-- policy's calendar before it (passed) and up to its end (passed_then); the last one goes on. waits:
-- the customer owes an answer. Tickets that are excused or that no policy takes have none, and those in
-- other hands than the party's whose part is counted: these are in ticket_elsewhere.
create or replace temp table ticket_duties as
with kept as (
    select t.view, t.version, arg_min(s.policy, f.begins) as policy
    from standing_tickets as t
    join ticket_fields as f on f.version = t.version
    join scope_states as s on s.key = t.view::bigint << 32 | f.state
    where t.view in (select view from scope_policies where keeps) and s.held
    group by t.view, t.version
),
taken as (
    select
        t.view,
        t.version,
        t.opened,
        t.answered,
        case when f.begins = t.said_opened then t.opened else f.begins end as begins,
        coalesce(case when f.ends <= t.spoken then f.ends end, p.horizon) as ends,
        f.ends is null or f.ends > t.spoken as lasts,
        s.meaning in ('resolved', 'closed') as done,
        s.meaning = 'closed' as closed,
        f.state,
        f.spoke,
        p.policy,
        p.course,
        p.slot_seconds,
        case p.pauses when 'status' then s.meaning = 'waiting' when 'reply' then f.spoke = 'agent'
            else false end as waits
    from standing_tickets as t
    join ticket_fields as f on f.version = t.version and f.begins <= t.spoken
    join scope_states as s on s.key = t.view::bigint << 32 | f.state
    left join kept as k on k.view = t.view and k.version = t.version
    left join scope_policies as o on o.view = k.view and o.policy = k.policy and o.keeps
    join scope_policies as p on p.view = t.view and p.policy = coalesce(o.policy, s.policy)
    where t.kind = 'tickets'
        and s.held
        and not exists (from scope_excused as x where x.view = t.view and x.id = t.id)
)
select
    t.* exclude (slot_seconds),
    b.before + greatest(0, least(t.begins, b.e1) - b.b1) + greatest(0, least(t.begins, b.e2) - b.b2)
        + greatest(0, least(t.begins, b.e3) - b.b3) as passed,
    e.before + greatest(0, least(t.ends, e.e1) - e.b1) + greatest(0, least(t.ends, e.e2) - e.b2)
        + greatest(0, least(t.ends, e.e3) - e.b3) as passed_then
from taken as t
join scope_courses as b on b.course = t.course and b.slot = t.begins // t.slot_seconds
join scope_courses as e on e.course = t.course and e.slot = t.ends // t.slot_seconds;
