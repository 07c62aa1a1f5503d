-- duplicated_blocks(lines, renamed, judged): windows in a row that stand together at all their places are one
-- block. Where one more place shares a part of a block, that part is a block of its own.
create or replace temp macro duplicated_blocks(lines, renamed, judged := null) as table
with windows as (
    select *, count(*) over (partition by snapshot, language, window_hash) as places
    from duplicates(lines, renamed, judged := judged)
),
continued as (                     -- the windows that another one leads to at every place
    select b.snapshot, b.language, b.window_hash
    from windows as a
    join windows as b
        on b.snapshot = a.snapshot and b.language = a.language and b.path = a.path
        and b.position = a.position + 1 and b.places = a.places
    group by b.snapshot, b.language, b.window_hash, a.window_hash
    having count(*) = any_value(b.places)
),
anchored as (                      -- each window once, by the first of its places
    select
        snapshot,
        language,
        window_hash,
        min({'path': path, 'position': position}) as anchor,
        not exists (
            from continued as c
            where c.snapshot = w.snapshot and c.language = w.language
                and c.window_hash = w.window_hash
        ) as first
    from windows as w
    group by snapshot, language, window_hash
),
chained as (
    select
        *,
        sum(first::integer) over (
            partition by snapshot, language, anchor.path order by anchor.position
        ) as chain
    from anchored
),
runs as (
    select
        snapshot,
        language,
        arg_min(window_hash, anchor.position) as window_hash,
        count(*) + lines - 1 as size
    from chained
    group by snapshot, language, anchor.path, chain
)
select
    r.snapshot,
    r.language,
    w.path,
    w.position,
    if(renamed, c.shape_numbers, c.numbers)[w.position] as line,
    if(renamed, c.shape_numbers, c.numbers)[w.position + r.size - 1] as last_line,
    r.size as code_lines,
    w.places,
    r.window_hash
from runs as r
join windows as w
    on w.snapshot = r.snapshot and w.language = r.language and w.window_hash = r.window_hash
join scope_facts as s on s.snapshot = w.snapshot and s.path = w.path and s.analyzer = 'clones'
join code_lines as c on c.measurement = s.measurement;
