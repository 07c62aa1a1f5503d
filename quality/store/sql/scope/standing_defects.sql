-- standing_defects: the defects of each view as they were known, with all that decides whether they
-- count. ranked: its severity by the contract's rule, 1 the gravest; one that is not on the contract's
-- list is the gravest too. apart: why it does not count; a confirmed one leaves by the ledger only.
create or replace temp table standing_defects as
with said as (
    select
        t.view,
        t.version,
        any_value(t.opened) as found,
        min(e.happened) filter (where e.kind = 'status' and m.meaning = 'confirmed') as confirmed,
        arg_max(coalesce(m.meaning, ''), e.number) filter (where e.kind = 'status') as last_meaning,
        arg_max(lower(e.value), e.number) filter (where e.kind = 'status') as status,
        list(e.value order by e.number) filter (where e.kind = 'severity' and e.value != '')
            as severities,
        bool_or(x.field is not null) as escaped
    from standing_tickets as t
    join ticket_events as e on e.version = t.version and e.happened <= t.spoken
    left join scope_defect_statuses as m
        on m.view = t.view and e.kind = 'status' and lower(m.status) = lower(e.value)
    left join scope_escapes as x
        on x.view = t.view and x.field = e.kind and lower(e.value) glob lower(x.pattern)
    where t.kind = 'defects'
    group by t.view, t.version
),
graded as (
    select s.view, s.version, min(coalesce(g.rank, 1)) as highest,
        arg_min(coalesce(g.rank, 1), s.place) as first_rank
    from (
        select view, version, unnest(severities) as severity,
            generate_subscripts(severities, 1) as place
        from said
    ) as s
    left join scope_severities as g on g.view = s.view and lower(g.severity) = lower(s.severity)
    group by s.view, s.version
)
select
    t.view,
    t.source,
    t.id,
    t.version,
    t.title,
    t.gone,
    s.found,
    s.confirmed,
    coalesce(s.status, '') as status,
    coalesce(s.severities, []) as severities,
    coalesce(case when d.at_creation then g.first_rank else g.highest end, 1) as ranked,
    coalesce(s.escaped, false) as escaped,
    case
        when x.version is not null then 'excused'
        when s.confirmed is not null then ''
        when s.last_meaning in ('rejected', 'duplicate') then s.last_meaning
        when not d.confirms then ''
        when d.undecided is not null and t.spoken - s.found >= d.undecided then ''
        else 'undecided'
    end as apart,
    coalesce(s.last_meaning in ('rejected', 'duplicate'), false) as dismissed
from standing_tickets as t
join said as s on s.view = t.view and s.version = t.version
join scope_defect_terms as d on d.view = t.view
left join graded as g on g.view = t.view and g.version = t.version
left join (
    select distinct e.view, d.version
    from scope_excused as e
    join said as s on s.view = e.view
    join standing_tickets as d on d.view = s.view and d.version = s.version
    where e.id = d.id or (e.id is null and s.found >= e.begins and s.found < e.ends)
) as x on x.view = t.view and x.version = t.version
where t.kind = 'defects';
