-- One ticket's clock of a $kind step by step: what stood from when to when (UTC), in whose hands it was,
-- whether the clock ran, by which policy, and the minutes of the calendar that it took ($ticket of $source;
-- null: of any). In other hands than the party's whose part is judged a clock stands.
with terms as (
    select view, policy, name,
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
)
select
    w.window,
    t.source,
    strftime(to_timestamp(d.begins) at time zone 'UTC', '%Y-%m-%d %H:%M:%S') as "from",
    case when d.lasts then 'to this day'
        else strftime(to_timestamp(d.ends) at time zone 'UTC', '%Y-%m-%d %H:%M:%S') end as "to",
    v.status,
    v.priority,
    v.queue,
    case when s.holder = '' then 'nobody' else s.holder end as held_by,
    d.spoke as last_reply,
    p.name as policy,
    case when r.begins is null then 'stopped' when r.waits then 'waits' else 'runs' end as clock,
    case when d.lasts then null else coalesce(r.seconds, 0) / 60 end as minutes,
    case when d.lasts then null else sum(case when r.waits then 0 else coalesce(r.seconds, 0) end)
        over so_far / 60 end as ran,
    case when d.lasts then null else sum(case when r.waits then r.seconds else 0 end) over so_far / 60 end
        as waited,
    p.target / 60 as target
from scope_windows as w
join standing_tickets as t on t.view = w.view
join steps as d on d.view = t.view and d.version = t.version
join ticket_states as v on v.state = d.state
join scope_states as s on s.key = t.view::bigint << 32 | d.state
left join terms as p on p.view = d.view and p.policy = d.policy
left join runs as r on r.view = d.view and r.version = d.version and r.begins = d.begins
where t.kind = 'tickets' and t.id = $ticket and ($source is null or t.source = $source)
window so_far as (partition by t.source, coalesce(r.turn, -1) order by d.begins)
order by t.source, d.begins
