-- duplicated_blocks(lines, renamed, judged): windows in a row that stand together at all their places are one
-- block. Where one more place shares a part of a block, that part is a block of its own.
-- Millions of windows are followed by numbers alone: of their file, and of what they hold (its hash).
create or replace temp macro duplicated_blocks(lines, renamed, judged := null) as table
with files as materialized (
    select row_number() over (order by snapshot, path) as file, snapshot, path, language, measurement
    from scope_facts
    where analyzer = 'clones'
),
stands as materialized (
    select f.file, d.position, hash(d.snapshot, d.language, d.window_hash) as held
    from duplicates(lines, renamed, judged := judged) as d
    join files as f on f.snapshot = d.snapshot and f.path = d.path
),
windows as materialized (
    select s.*, c.places
    from stands as s
    join (select held, count(*) as places from stands group by held) as c on c.held = s.held
),
continued as (                     -- the windows that another one leads to at every place
    select b.held
    from windows as a
    join windows as b on b.file = a.file and b.position = a.position + 1 and b.places = a.places
    group by b.held, a.held
    having count(*) = any_value(b.places)
),
anchored as (                      -- each window once, by the first of its places
    select held, min(file << 32 | position) as anchor
    from windows
    group by held
),
chained as (
    select
        a.*,
        sum((c.held is null)::integer) over (
            partition by a.anchor >> 32 order by a.anchor
        ) as chain
    from anchored as a
    left join (select distinct held from continued) as c on c.held = a.held
),
runs as (
    select arg_min(held, anchor) as held, count(*) + lines - 1 as size
    from chained
    group by anchor >> 32, chain
)
select
    f.snapshot,
    f.language,
    f.path,
    w.position,
    if(renamed, c.shape_numbers, c.numbers)[w.position] as line,
    if(renamed, c.shape_numbers, c.numbers)[w.position + r.size - 1] as last_line,
    r.size as code_lines,
    w.places,
    r.held as window_hash
from runs as r
join windows as w on w.held = r.held
join files as f on f.file = w.file
join code_lines as c on c.measurement = f.measurement;
