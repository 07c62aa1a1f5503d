-- duplicates(lines, renamed): each window of that many consecutive normalised lines, or of the shapes
-- of lines, that stands at two or more places in the snapshot's production files of one language, and
-- at how many. With ``judged``, only the first so many snapshots of the scope are read.
-- A window is hashed from two shorter ones, which may overlap: of two lines, of four and so on, and
-- what is left over last. Nobody cuts a list out for each.
create or replace temp macro duplicates(lines, renamed, judged := null) as table
with code as (
    select
        f.file,
        if(renamed, c.shapes, c.hashes) as hashes,
        hash(f.snapshot, f.language) as seed,
        floor(log2(lines))::integer as doublings
    from clone_files as f
    join code_lines as c on c.measurement = f.measurement
    where len(if(renamed, c.shapes, c.hashes)) >= lines and (judged is null or f.snapshot < judged)
),
files as (
    select
        file,
        seed,
        list_reduce(
            list_append(
                list_transform(range(doublings), lambda n: 1::bigint << n),
                lines - (1::bigint << doublings)
            ),
            lambda held, step: list_transform(
                range(1, len(held) - step + 1), lambda n: hash(held[n], held[n + step])
            ),
            hashes
        ) as windows
    from code
),
windows as materialized (
    select
        file,
        unnest(range(1, len(windows) + 1)) as position,  -- of the first line, 1-based
        hash(seed, unnest(windows)) as window_hash       -- of one snapshot and language
    from files
),
repeated as (
    select window_hash, count(*) as places from windows group by window_hash having count(*) > 1
)
select w.file, w.position, w.window_hash, r.places
from windows as w
join repeated as r on r.window_hash = w.window_hash;
