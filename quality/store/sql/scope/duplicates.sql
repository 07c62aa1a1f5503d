-- duplicates(lines, renamed): each window of that many consecutive normalised lines, or of the shapes
-- of lines, that stands at two or more places in the snapshot's production files of one language, its
-- dialects included: a file that is renamed from .js to .ts is a copy all the same.
-- A window is hashed whole only where its first, middle and last lines stand together twice: what is
-- unique by these is dropped while it is read. With ``judged``, only the first so many snapshots of the
-- scope are read.
create or replace temp macro duplicates(lines, renamed, judged := null) as table
with spoken as not materialized (
    select
        snapshot,
        path,
        analyzer,
        measurement,
        case
            when language in ('javascript', 'svelte', 'tsx', 'typescript', 'vue') then 'javascript'
            when language in ('cpp', 'objectivec') then 'cpp'
            when language in ('notebook', 'python') then 'python'
            else language
        end as language
    from scope_facts
),
code as not materialized (
    select
        s.snapshot,
        s.path,
        s.language,
        s.measurement,
        if(renamed, c.shapes, c.hashes) as hashes,
        hash(s.snapshot, s.language) as seed
    from spoken as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones' and len(if(renamed, c.shapes, c.hashes)) >= lines
        and (judged is null or s.snapshot < judged)
),
starts as not materialized (
    select
        snapshot,
        path,
        language,
        measurement,
        unnest(range(1, len(hashes) - lines + 2)) as position,  -- of the first line, 1-based
        hash(
            seed,
            unnest(hashes[: len(hashes) - lines + 1]),
            unnest(hashes[lines // 2 + 1 : len(hashes) - lines + 1 + lines // 2]),
            unnest(hashes[lines :])
        ) as mark
    from code
),
repeated as (
    select mark from starts group by mark having count(*) > 1
),
windows as (
    select
        s.snapshot,
        s.path,
        s.language,
        s.position,
        hash(
            if(renamed, c.shapes, c.hashes)[s.position : s.position + lines - 1]
        ) as window_hash
    from starts as s
    semi join repeated using (mark)
    join code_lines as c on c.measurement = s.measurement
)
select snapshot, path, language, position, window_hash
from windows
qualify count(*) over (partition by snapshot, language, window_hash) > 1;
