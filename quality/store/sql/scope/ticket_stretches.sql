-- ticket_stretches: what stood in a ticket's fields from one moment to the next, by what its source
-- said up to the moment of which it spoke; the last stretch has no end.
create or replace temp table ticket_stretches as
with changes as (
    select
        t.view,
        t.version,
        e.happened as begins,
        lead(e.happened) over whole as ends,
        last_value(case when e.kind = 'status' then lower(e.value) end ignore nulls) over so_far as status,
        last_value(case when e.kind = 'priority' then e.value end ignore nulls) over so_far as priority,
        last_value(case when e.kind = 'queue' then e.value end ignore nulls) over so_far as queue,
        last_value(case when e.kind = 'group' then e.value end ignore nulls) over so_far as "group",
        last_value(case when e.kind = 'type' then e.value end ignore nulls) over so_far as "type",
        last_value(case when e.kind = 'severity' then e.value end ignore nulls) over so_far as severity
    from standing_tickets as t
    join ticket_events as e on e.version = t.version
    where e.kind not in ('reply', 'note') and e.happened <= t.spoken
    window
        whole as (partition by t.view, t.version order by e.number),
        so_far as (partition by t.view, t.version order by e.number
                   rows between unbounded preceding and current row)
)
select
    c.view,
    c.version,
    c.begins,
    c.ends,
    coalesce(c.status, '') as status,
    coalesce(s.meaning, 'open') as meaning,
    coalesce(c.priority, '') as priority,
    coalesce(c.queue, '') as queue,
    coalesce(c."group", '') as "group",
    coalesce(c."type", '') as "type",
    coalesce(c.severity, '') as severity
from changes as c
left join scope_statuses as s on s.view = c.view and s.status = coalesce(c.status, '')
where c.ends is null or c.ends > c.begins;
