-- duplicated_blocks(lines, renamed, judged): windows in a row that stand together at all their places are one
-- block. Where one more place shares a part of a block, that part is a block of its own.
create or replace temp macro duplicated_blocks(lines, renamed, judged := null) as table
with windows as materialized (
    select * from duplicates(lines, renamed, judged := judged)
),
continued as (                     -- the windows that another one leads to at every place
    select b.window_hash
    from windows as a
    join windows as b on b.file = a.file and b.position = a.position + 1 and b.places = a.places
    group by b.window_hash, a.window_hash
    having count(*) = any_value(b.places)
),
anchored as (                      -- each window once, by the first of its places
    select window_hash, min(file << 32 | position) as anchor
    from windows
    group by window_hash
),
chained as (
    select
        a.*,
        sum((c.window_hash is null)::integer) over (
            partition by a.anchor >> 32 order by a.anchor
        ) as chain
    from anchored as a
    left join (select distinct window_hash from continued) as c on c.window_hash = a.window_hash
),
runs as (
    select arg_min(window_hash, anchor) as window_hash, count(*) + lines - 1 as size
    from chained
    group by anchor >> 32, chain
)
select
    f.snapshot,
    f.path,
    w.position,
    if(renamed, c.shape_numbers, c.numbers)[w.position] as line,
    if(renamed, c.shape_numbers, c.numbers)[w.position + r.size - 1] as last_line,
    r.size as code_lines,
    w.places,
    r.window_hash
from runs as r
join windows as w on w.window_hash = r.window_hash
join clone_files as f on f.file = w.file
join code_lines as c on c.measurement = f.measurement;
