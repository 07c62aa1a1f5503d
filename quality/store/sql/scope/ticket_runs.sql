-- ticket_runs: the stretches in which a clock of a kind is before its end, with the seconds of its
-- calendar in each. The clock of a first response ends with the answer alone: closing is none. That
-- of a resolution passes over the stretches in which the work is done; where a policy lets it restart,
-- each re-opening begins a clock of its own (turn), whoever has the ticket then; a hand-over begins none.
create or replace temp macro ticket_runs(of_kind) as table
with turns as (
    select view, version, begins, sum(ended) over so_far as turn
    from (
        select d.view, d.version, d.begins,
            (case of_kind when 'next_response' then d.spoke = 'agent' when 'closure' then d.closed
                else d.done end)::integer as ended
        from ticket_duties as d
        join scope_policies as p on p.view = d.view and p.policy = d.policy
        where of_kind = 'next_response' or (of_kind != 'first_response' and p.restarts)
        union all
        select e.view, e.version, e.begins,
            (case of_kind when 'next_response' then e.spoke = 'agent' when 'closure' then e.closed
                else e.done end)::integer as ended
        from ticket_elsewhere as e
        where of_kind = 'next_response' or (of_kind != 'first_response'
            and e.view in (select view from scope_policies where restarts))
    )
    window so_far as (partition by view, version order by begins)
),
chosen as (
    select
        d.*,
        case of_kind when 'first_response' then d.replied when 'resolution' then d.done
            when 'closure' then d.closed else false end as over
    from ticket_duties as d
    where case of_kind
        when 'first_response' then not coalesce(d.replied, false) or d.first
        when 'next_response' then d.spoke = 'customer' and d.replied
        when 'resolution' then not d.done or d.first
        else not d.closed or d.first
    end
)
select
    c.view,
    c.version,
    coalesce(u.turn, 0) as turn,
    c.begins,
    c.policy,
    c.state,
    c.waits,
    c.passed,
    case when coalesce(c.over, false) then c.passed else c.passed_then end as passed_then,
    case when coalesce(c.over, false) then c.begins else c.ends end as ends,
    c.lasts and not coalesce(c.over, false) and (of_kind != 'first_response' or c.replied is null)
        as lasts
from chosen as c
left join turns as u on u.view = c.view and u.version = c.version and u.begins = c.begins;
