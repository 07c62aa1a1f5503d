-- ticket_clocks: each clock of a kind that a policy sets a target: when it began, when it ended (null: it
-- goes on), the seconds of its calendar that it ran to its end or to this day (elapsed), the first
-- moment at which the target was used up (due), and whether it ran longer (missed). A clock that stands
-- beyond the policy's limit runs again. What ended in time was due when its target would have been used
-- up, had it gone on. The policy, priority and queue are those of the moment at which it was due.
create or replace temp macro ticket_clocks(of_kind) as table
with runs as materialized (from ticket_runs(of_kind)),
sums as materialized (
    select
        view,
        version,
        turn,
        min(begins) as began,
        case when bool_or(lasts) then null else max(ends) end as ended,
        coalesce(sum(passed_then - passed) filter (where not waits), 0) as ran,
        coalesce(sum(passed_then - passed) filter (where waits), 0) as stood,
        coalesce(sum(greatest(0, least(passed_then, passed_now) - passed)) filter (where not waits), 0)
            as ran_now,
        coalesce(sum(greatest(0, least(passed_then, passed_now) - passed)) filter (where waits), 0)
            as stood_now,
        arg_max({'policy': policy, 'course': course, 'target': target, 'stands': stands,
                 'passed': passed_then, 'priority': priority, 'queue': queue}, begins) as final,
        min(policy) = max(policy) as steady
    from runs
    group by view, version, turn
),
ended_in_time as (
    select *, ran + greatest(0, stood - coalesce(final.stands, stood)) as used
    from sums
),
others as (
    select s.view, s.version, s.turn
    from ended_in_time as s
    where not (s.steady and s.ended is not null and s.used < s.final.target)
        and (not s.steady or s.final.target is not null)
),
told as (
    select
        r.*,
        coalesce(sum(case when r.waits then 0 else r.passed_then - r.passed end) over before, 0) as ran,
        coalesce(sum(case when r.waits then r.passed_then - r.passed else 0 end) over before, 0) as stood
    from runs as r
    semi join others as o on o.view = r.view and o.version = r.version and o.turn = r.turn
    window before as (partition by r.view, r.version, r.turn order by r.begins
                      rows between unbounded preceding and 1 preceding)
),
used as (
    select
        *,
        ran + greatest(0, stood - coalesce(stands, stood)) as used,
        case when waits then ran + greatest(0, stood + passed_then - passed
                                            - coalesce(stands, stood + passed_then - passed))
            else ran + passed_then - passed + greatest(0, stood - coalesce(stands, stood)) end
            as used_then
    from told
),
reached as (
    select
        view,
        version,
        turn,
        bool_or(used_then > target) as missed,
        arg_min({'policy': policy, 'course': course, 'priority': priority, 'queue': queue,
                 'at': case when used >= target then begins end,
                 'counted': passed + target - used
                     + case when waits then greatest(0, stands - stood) else 0 end}, begins)
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
        case when s.ended is not null then s.used
            else s.ran_now + greatest(0, s.stood_now - coalesce(s.final.stands, s.stood_now)) end
            as elapsed,
        coalesce(r.missed, false) as missed,
        coalesce(r.first.policy, s.final.policy) as policy,
        coalesce(r.first.priority, s.final.priority) as priority,
        coalesce(r.first.queue, s.final.queue) as queue,
        coalesce(r.first.course, s.final.course) as course,
        r.first.at as at,
        case when r.first is not null then r.first.counted
            when s.ended is not null then s.final.passed + s.final.target - s.used end as counted,
        s.final.target as target
    from ended_in_time as s
    left join reached as r on r.view = s.view and r.version = s.version and r.turn = s.turn
    where s.final.target is not null or r.first is not null
)
select
    d.view,
    d.version,
    d.turn,
    d.began,
    d.ended,
    d.elapsed,
    coalesce(d.at, case when o.begins + d.counted - o.before <= o.ends
                   then o.begins + d.counted - o.before end) as due,
    d.missed or d.ended is null as missed,
    d.policy,
    d.priority,
    d.queue,
    d.target
from due as d
asof left join scope_open as o on o.course = d.course and d.counted > o.before;
