-- The code of each snapshot beside its baseline: what the baseline has (baseline), what of that is
-- still there (inherited), what is new in functions that it has in another form (changed), and what
-- is new elsewhere (fresh). Lines of prose are left out. Complex: functions above $above; duplicates from $lines lines on.
with sides as (
    select snapshot, false as old, snapshot as side from scope_baselines
    union all
    select snapshot, true, base from scope_baselines
),
pasts as (select distinct number from function_pasts),
measures as (
    select b.snapshot, m.place, m.measure
    from scope_baselines as b
    cross join (
        values (1, 'code lines'), (2, 'coding errors'), (3, 'complex functions'),
            (4, 'duplicated lines')
    ) as m(place, measure)
),
code as (
    select d.snapshot, d.old, count(*) as n
    from sides as d
    join source_lines as l on l.snapshot = d.side and not l.prose
    group by d.snapshot, d.old
),
errors as (
    select d.snapshot, d.old, count(*) as n
    from sides as d
    join production_findings as p on p.snapshot = d.side and p.kind = 'error'
    group by d.snapshot, d.old
),
complex as (
    select d.snapshot, d.old, count(*) as n
    from sides as d
    join production_functions as p on p.snapshot = d.side and p.ccn > $above
    group by d.snapshot, d.old
),
covered as (from duplicated_lines($lines, false)),
doubled as (
    select d.snapshot, d.old, count(*) as n
    from sides as d
    join covered as c on c.snapshot = d.side
    join source_lines as l
        on l.snapshot = c.snapshot and l.path = c.path and l.position = c.position
    where not l.prose
    group by d.snapshot, d.old
),
whole as (
    select *, 1 as place from code
    union all select *, 2 from errors
    union all select *, 3 from complex
    union all select *, 4 from doubled
),
fresh as (
    select l.snapshot, 1 as place, p.number is not null as changed, count(*) as n
    from new_lines as l
    left join pasts as p on p.number = l.function
    group by all
    union all
    select snapshot, 2, false, count(*)
    from new_errors
    group by snapshot
    union all
    select snapshot, 3, was_ccn is not null, count(*)
    from charged_functions($above)
    group by all
    union all
    select l.snapshot, 4, p.number is not null, count(*)
    from new_lines as l
    join covered as c
        on c.snapshot = l.snapshot and c.path = l.path and c.position = l.position
    left join pasts as p on p.number = l.function
    group by all
),
counted as (
    select
        m.snapshot,
        m.place,
        m.measure,
        coalesce((select sum(n) from whole as w
            where w.snapshot = m.snapshot and w.place = m.place and w.old), 0) as baseline,
        coalesce((select sum(n) from whole as w
            where w.snapshot = m.snapshot and w.place = m.place and not w.old), 0) as now,
        coalesce((select sum(n) from fresh as f
            where f.snapshot = m.snapshot and f.place = m.place and f.changed), 0) as changed,
        coalesce((select sum(n) from fresh as f
            where f.snapshot = m.snapshot and f.place = m.place and not f.changed), 0) as fresh
    from measures as m
)
select snapshot, measure, baseline, now - changed - fresh as inherited, changed, fresh
from counted
order by snapshot, place
