-- duplicates(lines): each window of that many consecutive normalised lines that stands at two or more
-- places in the snapshot's production files of one language.
create or replace temp macro duplicates(lines) as table
with windows as (
    select
        s.snapshot,
        s.path,
        s.language,
        unnest(range(1, len(c.hashes) - lines + 2)) as position,  -- of the first line, 1-based
        unnest(list_transform(
            range(1, len(c.hashes) - lines + 2),
            lambda p: hash(c.hashes[p : p + lines - 1])
        )) as window_hash
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones' and len(c.hashes) >= lines
)
select snapshot, path, language, position, window_hash
from windows
qualify count(*) over (partition by snapshot, language, window_hash) > 1;
