-- ticket_runs: the stretches in which a clock of a kind is before its end, with the seconds of its
-- calendar in each. The clock of a first response ends with the answer alone: closing is none. That
-- of a resolution passes over the stretches in which the work is done; where a policy lets it restart,
-- each re-opening begins a clock of its own (turn).
create or replace temp macro ticket_runs(of_kind) as table
with turns as (
    select view, version, begins,
        case of_kind
            when 'next_response' then sum(flips) over so_far
            else sum(ended) over so_far
        end as turn
    from (
        select d.view, d.version, d.begins,
            (d.spoke = 'agent')::integer as flips,
            (case of_kind when 'closure' then d.closed else d.done end)::integer as ended
        from ticket_duties as d
        join scope_policies as p on p.view = d.view and p.policy = d.policy
        where of_kind = 'next_response' or (of_kind != 'first_response' and p.restarts)
    )
    window so_far as (partition by view, version order by begins)
),
chosen as (
    select
        d.*,
        p.stands,
        p.passed_now,
        case of_kind when 'first_response' then p.first_response when 'next_response' then
            p.next_response when 'resolution' then p.resolution else p.closure end as target,
        t.answered,
        case of_kind when 'resolution' then d.done when 'closure' then d.closed else false end as over,
        case when of_kind = 'next_response' then d.spoke = 'customer' and d.begins >= t.answered
            else d.begins = t.opened end as first
    from ticket_duties as d
    join scope_policies as p on p.view = d.view and p.policy = d.policy
    join standing_tickets as t on t.view = d.view and t.version = d.version
    where case of_kind
        when 'first_response' then d.begins < coalesce(t.answered, d.ends) or d.begins = t.opened
        when 'next_response' then d.spoke = 'customer' and d.begins >= t.answered
        when 'resolution' then not d.done or d.begins = t.opened
        else not d.closed or d.begins = t.opened
    end
)
select
    c.view,
    c.version,
    coalesce(u.turn, 0) as turn,
    c.begins,
    c.policy,
    c.course,
    c.priority,
    c.queue,
    c.target,
    c.stands,
    c.waits,
    c.passed,
    case when c.over or (of_kind = 'first_response' and c.begins >= c.answered) then c.passed
        else c.passed_then end as passed_then,
    case when c.over or (of_kind = 'first_response' and c.begins >= c.answered) then c.begins
        else c.ends end as ends,
    c.lasts and not c.over and (of_kind != 'first_response' or c.answered is null) as lasts,
    c.passed_now
from chosen as c
left join turns as u on u.view = c.view and u.version = c.version and u.begins = c.begins;
