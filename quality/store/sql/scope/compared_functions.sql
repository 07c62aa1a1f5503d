-- compared_functions: functions of the files that differ; number tells one from all others.
-- matched: the other side has its code too, comments and white space apart, counted; alike: it has a
-- function that differs in names and literals only.
create or replace temp table compared_functions as
with functions as (
    select
        c.snapshot,
        c.old,
        c.path,
        c.language,
        p.* exclude (snapshot, path),
        count(*) over (partition by c.snapshot, c.path, p.name, p.body) > 1 as same,
        row_number() over (order by c.snapshot, c.old, c.path, p.start_line, p.name, p.body)
            as number
    from compared_files as c
    join production_functions as p on p.snapshot = c.side and p.path = c.path
),
counted as (
    select
        *,
        row_number() over (
            partition by snapshot, old, language, body order by same desc, number
        ) as nth
    from functions
),
by_code as (
    select n.number
    from counted as n
    semi join counted as o
        on o.snapshot = n.snapshot and o.old != n.old and o.language = n.language
        and o.body = n.body and o.nth = n.nth
),
shapes as (  -- of what is left: the lines that say something in order, and how much repeats them
    select
        f.number,
        any_value(f.snapshot) as snapshot,
        any_value(f.old) as old,
        any_value(f.language) as language,
        hash(any_value(f.ccn), any_value(f.tokens), list(s.shape order by s.line)) as shape
    from functions as f
    anti join by_code as b on b.number = f.number
    join compared_shapes as s
        on s.snapshot = f.snapshot and s.old = f.old and s.path = f.path
        and s.line between f.start_line and f.end_line
    where f.name != '<top level>'
    group by f.number
    having count(*) >= 3           -- fewer lines have the shape of any getter
),
counted_shapes as (
    select
        *,
        row_number() over (partition by snapshot, old, language, shape order by number) as nth
    from shapes
),
by_shape as (
    select n.number
    from counted_shapes as n
    semi join counted_shapes as o
        on o.snapshot = n.snapshot and o.old != n.old and o.language = n.language
        and o.shape = n.shape and o.nth = n.nth
)
select
    f.* exclude (same),
    f.number in (select number from by_code) as matched,
    f.number in (select number from by_shape) as alike
from functions as f;
