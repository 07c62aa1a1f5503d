-- Files that were production code in the period before and went to a new place that is not judged:
-- the same content, or the same name with any suffix. Reads scope_pairs (snapshot, before).
with was as (
    select p.snapshot, f.path, f.blob, f.class, parse_filename(f.path, true) as name
    from scope_files as f
    join scope_pairs as p on p.before = f.snapshot
),
gone as (
    select * from was
    anti join scope_files as f on f.snapshot = was.snapshot and f.path = was.path
    where was.class = 'production'
),
arrived as (
    select f.snapshot, f.path, f.blob, f.class, parse_filename(f.path, true) as name
    from scope_files as f
    anti join was on was.snapshot = f.snapshot and was.path = f.path
    where f.class not in ('production', 'excused')
)
select
    a.snapshot,
    a.path,
    null::integer as line,
    'was production code at ' || g.path || ', is of class ' || a.class || ' now' as what
from gone as g
join arrived as a on a.snapshot = g.snapshot and (a.blob = g.blob or a.name = g.name)
qualify row_number() over (
    partition by g.snapshot, g.path order by a.blob = g.blob desc, a.path
) = 1
order by a.snapshot, a.path
