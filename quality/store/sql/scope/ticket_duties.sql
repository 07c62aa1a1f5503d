-- ticket_duties: each stretch of a ticket under the policy that takes it, with the seconds of the
-- policy's calendar before it (passed) and up to its end (passed_then); the last one goes on. waits:
-- the customer owes an answer. Tickets that are excused or that no policy takes have none, and those in
-- other hands than the party's whose part is counted: these are in ticket_elsewhere. first: it begins with
-- the opening; replied: not before the first response (null: there is none).
create or replace temp table ticket_duties as
with counted as (
    from standing_tickets as t
    where t.kind = 'tickets' and not exists (from scope_excused as x where x.view = t.view and x.id = t.id)
),
kept as (
    select t.view, t.version, arg_min(s.policy, f.begins) as policy
    from counted as t
    join ticket_fields as f on f.version = t.version
    join scope_states as s on s.key = t.view::bigint << 32 | f.state
    where t.view in (select view from scope_policies where keeps) and s.held
    group by t.view, t.version
),
tickets as (
    select t.view, t.version, t.spoken, t.said_opened, t.opened, t.answered, p.policy as keeps
    from counted as t
    left join kept as k on k.view = t.view and k.version = t.version
    left join scope_policies as p on p.view = k.view and p.policy = k.policy and p.keeps
),
terms as (  -- of a state by itself, and of one under each policy that a ticket may keep
    select s.key, null::integer as keeps, s.meaning, p.*
    from scope_states as s
    join scope_policies as p on p.view = s.key >> 32 and p.policy = s.policy
    where s.held
    union all
    select s.key, p.policy, s.meaning, p.*
    from scope_states as s
    join scope_policies as p on p.view = s.key >> 32 and p.keeps
    where s.held
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
        p.meaning in ('resolved', 'closed') as done,
        p.meaning = 'closed' as closed,
        f.state,
        f.spoke::enum ('', 'agent', 'customer') as spoke,
        p.policy,
        p.course,
        p.slot_seconds,
        p.slots_before,
        case p.pauses when 'status' then p.meaning = 'waiting' when 'reply' then f.spoke = 'agent'
            else false end as waits
    from tickets as t
    join ticket_fields as f on f.version = t.version and f.begins <= t.spoken
    join terms as p on p.key = t.view::bigint << 32 | f.state and p.keeps is not distinct from t.keeps
)
select
    t.* exclude (slot_seconds, slots_before, opened, answered),
    t.begins = t.opened as first,
    t.begins >= t.answered as replied,
    b.before + greatest(0, least(t.begins, b.e1) - b.b1) + greatest(0, least(t.begins, b.e2) - b.b2)
        as passed,
    e.before + greatest(0, least(t.ends, e.e1) - e.b1) + greatest(0, least(t.ends, e.e2) - e.b2)
        as passed_then
from taken as t
join scope_courses as b on b.slot = t.slots_before + t.begins // t.slot_seconds
join scope_courses as e on e.slot = t.slots_before + t.ends // t.slot_seconds;
