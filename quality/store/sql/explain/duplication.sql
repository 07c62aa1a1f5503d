-- Runs of duplicated code lines, longest first, with another place where their first window stands.
with windows as (
    select * from duplicates($lines)
),
covered as (
    select distinct snapshot, path, unnest(range(position, position + $lines)) as position
    from windows
),
runs as (
    select snapshot, path, min(position) as first, max(position) as last, count(*) as lines
    from (
        select
            *,
            position - row_number() over (partition by snapshot, path order by position) as run
        from covered
    )
    group by snapshot, path, run
),
others as (
    select r.snapshot, r.path, r.first, min({'path': o.path, 'position': o.position}) as other
    from runs as r
    join windows as w on w.snapshot = r.snapshot and w.path = r.path and w.position = r.first
    join windows as o
        on o.snapshot = w.snapshot and o.language = w.language and o.window_hash = w.window_hash
        and (o.path, o.position) != (w.path, w.position)
    group by r.snapshot, r.path, r.first
),
numbered as (
    select s.snapshot, s.path, c.numbers
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones'
)
select
    r.snapshot,
    r.path,
    n.numbers[r.first] as line,
    n.numbers[r.last] as last_line,
    r.lines as code_lines,
    o.other.path as also_in,
    m.numbers[o.other.position] as also_at_line
from runs as r
join others as o on o.snapshot = r.snapshot and o.path = r.path and o.first = r.first
join numbered as n on n.snapshot = r.snapshot and n.path = r.path
join numbered as m on m.snapshot = r.snapshot and m.path = o.other.path
order by r.lines desc, r.snapshot, r.path, r.first
