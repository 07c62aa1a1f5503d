-- ticket_clocks: each clock of a kind that a policy sets a target: when it began, when it ended (null: it
-- goes on), the seconds of its calendar that it ran to its end or to this day (elapsed), the first
-- moment at which the target was used up (due), and whether it ran longer (missed). A clock that stands
-- beyond the policy's limit runs again. What ended in time was due when its target would have been used
-- up, had it gone on. Policy and state are those of the moment at which it was due. Only the clocks
-- that did not end well within one target are followed stretch by stretch. excess: the seconds that it ran
-- while a party had the ticket and was beyond its own target, by the view of that party (scope_others).
create or replace temp macro ticket_clocks(of_kind) as table
with runs as not materialized (from ticket_runs(of_kind)),
terms as (
    select view, policy, course, stands, passed_now, counted_seconds,
        case of_kind when 'first_response' then first_response when 'next_response' then
            next_response when 'resolution' then resolution else closure end as target
    from scope_policies
),
summed as (
    select
        view,
        version,
        turn,
        min(begins) as began,
        case when bool_or(lasts) then null else max(ends) end as ended,
        sum(case when waits then 0 else passed_then - passed end)::bigint as ran,
        sum(case when waits then passed_then - passed else 0 end)::bigint as stood,
        arg_max(policy, begins) as final_policy,
        arg_max(state, begins) as final_state,
        arg_max(passed_then, begins) as final_passed,
        min(policy) = max(policy) as steady
    from runs
    group by view, version, turn
),
sums as materialized (
    select s.*, t.target,
        s.ran + greatest(0, s.stood - coalesce(t.stands, s.stood)) as used
    from summed as s
    join terms as t on t.view = s.view and t.policy = s.final_policy
),
others as materialized (
    select view, version, turn
    from sums
    where not (steady and ended is not null and used < target) and (not steady or target is not null)
),
told as (
    select
        r.*,
        t.target,
        t.stands,
        r.passed_then - r.passed as whole,
        greatest(0, least(r.passed_then, t.passed_now) - r.passed) as whole_now,
        coalesce(sum(case when r.waits then r.passed_then - r.passed else 0 end) over before, 0) as stood
    from runs as r
    semi join others as o on o.view = r.view and o.version = r.version and o.turn = r.turn
    join terms as t on t.view = r.view and t.policy = r.policy
    window before as (partition by r.view, r.version, r.turn order by r.begins
                      rows between unbounded preceding and 1 preceding)
),
counted as (
    select
        *,
        case when waits then may_stand(whole, stands, stood) else 0 end as free
    from told
),
used as (
    select
        *,
        whole - free as ran,
        greatest(0, whole_now - free) as ran_now,
        sum(whole - free) over (partition by view, version, turn order by begins) as used_then
    from counted
),
reached as (
    select
        view,
        version,
        turn,
        max(used_then) as used,
        sum(ran_now) as used_now,
        bool_or(used_then > target) as missed,
        arg_min({'policy': policy, 'state': state,
                 'at': case when used_then - ran >= target then begins end,
                 'counted': passed + free + target - (used_then - ran)}, begins)
            filter (where used_then >= target) as first
    from used
    group by view, version, turn
),
due as (
    select
        s.view,
        s.version,
        s.turn,
        s.began,
        s.ended,
        case when s.ended is null then r.used_now else coalesce(r.used, s.used) end as elapsed,
        coalesce(r.missed, false) or s.ended is null as missed,
        coalesce(r.first.policy, s.final_policy) as policy,
        coalesce(r.first.state, s.final_state) as state,
        r.first.at as at,
        case when r.first is not null then r.first.counted
            when s.ended is not null then s.final_passed + s.target - coalesce(r.used, s.used) end as counted
    from sums as s
    left join reached as r on r.view = s.view and r.version = s.version and r.turn = s.turn
    where s.target is not null or r.first is not null
),
clocks as materialized (
    select
        d.view,
        d.version,
        d.turn,
        d.began,
        d.ended,
        d.elapsed,
        coalesce(d.at, case when d.counted <= o.last then d.counted
                       + case when d.counted > o.beyond then o.shift_beyond else o.shift end end) as due,
        d.missed,
        d.policy,
        d.state,
        t.target
    from due as d
    join terms as t on t.view = d.view and t.policy = d.policy
    left join scope_reached as o on o.course = t.course
        and o.slot = (d.counted - 1) // t.counted_seconds and d.counted > 0
),
beyond as (
    select
        r.view,
        r.version,
        r.turn,
        w.other,
        least(r.passed_then, t.passed_now) as last,
        r.passed,
        c.due,
        t.course
    from scope_others as w
    join clocks as c on c.view = w.other and c.missed
    join runs as r on r.view = w.view and r.version = c.version and not r.waits
        and r.ends > c.due and (c.ended is null or r.begins < c.ended)
    join scope_states as s on s.key = w.other::bigint << 32 | r.state and s.held
    join terms as t on t.view = r.view and t.policy = r.policy
),
late as (
    select
        b.view,
        b.version,
        b.turn,
        b.other,
        sum(b.last - greatest(b.passed, o.before + least(b.due, o.ends) - o.begins)) as seconds
    from beyond as b
    asof left join scope_open as o on o.course = b.course and b.due >= o.begins
    where b.last > greatest(b.passed, o.before + least(b.due, o.ends) - o.begins)
    group by b.view, b.version, b.turn, b.other
),
excess as (
    select view, version, turn, list({'other': other, 'seconds': seconds}) as excess
    from late
    group by view, version, turn
)
select c.*, e.excess
from clocks as c
left join excess as e on e.view = c.view and e.version = c.version and e.turn = c.turn;
