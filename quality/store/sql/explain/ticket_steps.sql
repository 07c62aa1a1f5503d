-- One ticket's clock of a $kind step by step: what stood from when to when (UTC), in whose hands it was,
-- whether the clock ran, by which policy, and the minutes of the calendar that it took ($ticket of $source;
-- null: of any). In other hands than the party's whose part is judged a clock stands; it runs where the
-- customer owes an answer for longer than the policy lets it stand.
with terms as (
    select view, policy, name, stands,
        case $kind when 'first_response' then first_response when 'next_response' then next_response
            when 'resolution' then resolution else closure end as target
    from scope_policies
),
runs as (
    select view, version, begins, turn, passed_then - passed as seconds, waits
    from ticket_runs($kind)
),
steps as (
    select view, version, begins, ends, lasts, state, spoke, policy from ticket_duties
    union all
    select view, version, begins, ends, ends is null, state, spoke, null from ticket_elsewhere
),
told as (
    select
        w.window,
        t.source,
        d.begins,
        d.ends,
        d.lasts,
        v.status,
        v.priority,
        v.queue,
        case when s.holder = '' then 'nobody' else s.holder end as held_by,
        d.spoke as last_reply,
        p.name as policy,
        r.turn,
        r.waits,
        coalesce(r.seconds, 0) as seconds,
        case when r.waits then may_stand(
            r.seconds, p.stands, coalesce(sum(r.seconds) filter (r.waits) over before, 0)
        ) else 0 end as stood,
        p.target
    from scope_windows as w
    join standing_tickets as t on t.view = w.view
    join steps as d on d.view = t.view and d.version = t.version
    join ticket_states as v on v.state = d.state
    join scope_states as s on s.key = t.view::bigint << 32 | d.state
    left join terms as p on p.view = d.view and p.policy = d.policy
    left join runs as r on r.view = d.view and r.version = d.version and r.begins = d.begins
    where t.kind = 'tickets' and t.id = $ticket and ($source is null or t.source = $source)
    window before as (partition by t.source, r.turn order by d.begins
                      rows between unbounded preceding and 1 preceding)
)
select
    "window",
    source,
    strftime(to_timestamp(begins) at time zone 'UTC', '%Y-%m-%d %H:%M:%S') as "from",
    case when lasts then 'to this day'
        else strftime(to_timestamp(ends) at time zone 'UTC', '%Y-%m-%d %H:%M:%S') end as "to",
    status,
    priority,
    queue,
    held_by,
    last_reply,
    policy,
    case when turn is null then 'stopped' when not waits then 'runs' when stood = seconds then 'waits'
        when stood > 0 then 'waits to the limit, then runs' else 'runs, beyond the limit of waiting' end
        as clock,
    case when not lasts then seconds / 60 end as minutes,
    case when not lasts then sum(seconds - stood) over so_far / 60 end as ran,
    case when not lasts then sum(stood) over so_far / 60 end as waited,
    target / 60 as target
from told
window so_far as (partition by source, coalesce(turn, -1) order by begins)
order by source, begins
