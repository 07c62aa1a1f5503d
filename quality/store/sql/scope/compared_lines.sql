-- compared_lines: code lines of the files that differ, each with the innermost function around it
-- (function: its number; null: it stands in none). fresh: the other side does not have it, counted.
-- What stands in a function that the other side has too is not, however it is laid out.
create or replace temp table compared_lines as
with lines as (
    select c.snapshot, c.old, c.path, l.* exclude (snapshot, path)
    from compared_files as c
    join source_lines as l on l.snapshot = c.side and l.path = c.path
),
around as (
    select
        l.snapshot,
        l.old,
        l.path,
        l.position,
        arg_max(f.number, {
            'inner': f.name != '<top level>',  -- whose statements may lie anywhere in the file
            'start': f.start_line,
            'end': -f.end_line,
            'n': f.number
        }) as function
    from lines as l
    join compared_functions as f
        on f.snapshot = l.snapshot and f.old = l.old and f.path = l.path
        and l.line between f.start_line and f.end_line
    group by l.snapshot, l.old, l.path, l.position
),
placed as (
    select
        l.*,
        f.number as function,
        coalesce((f.matched or f.alike) and f.name != '<top level>', false) as known,
        count(*) over (partition by l.snapshot, l.path, l.hash) > 1 as same
    from lines as l
    left join around as a
        on a.snapshot = l.snapshot and a.old = l.old and a.path = l.path
        and a.position = l.position
    left join compared_functions as f on f.number = a.function
),
counted as (
    select
        *,
        row_number() over (
            partition by snapshot, old, language, hash order by same desc, path, position
        ) as nth
    from placed
    where not known
),
matched as (
    select n.snapshot, n.old, n.path, n.position
    from counted as n
    semi join counted as o
        on o.snapshot = n.snapshot and o.old != n.old and o.language = n.language
        and o.hash = n.hash and o.nth = n.nth
)
select p.* exclude (same), not p.known and m.position is null as fresh
from placed as p
left join matched as m
    on m.snapshot = p.snapshot and m.old = p.old and m.path = p.path and m.position = p.position;
