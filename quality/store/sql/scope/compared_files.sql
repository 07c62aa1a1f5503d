-- compared_files: production files in which a snapshot and its baseline differ; old: the baseline's.
-- What both hold under any path, counted, is left out, so a moved file is none of them.
-- Reads scope_baselines (snapshot, base).
create or replace temp table compared_files as
with sides as (
    select b.snapshot, false as old, b.snapshot as side, f.path, f.blob, f.language
    from scope_baselines as b
    join scope_files as f on f.snapshot = b.snapshot
    where f.class = 'production'
    union all
    select b.snapshot, true, b.base, f.path, f.blob, f.language
    from scope_baselines as b
    join scope_files as f on f.snapshot = b.base
    where f.class = 'production'
),
stays as (                         -- of several copies the one that did not move is no new one
    select *, count(*) over (partition by snapshot, path, blob, language) > 1 as same
    from sides
),
numbered as (
    select
        *,
        row_number() over (
            partition by snapshot, old, blob, language order by same desc, path
        ) as nth
    from stays
)
select n.snapshot, n.old, n.side, n.path, n.language
from numbered as n
anti join numbered as o
    on o.snapshot = n.snapshot and o.old != n.old and o.blob = n.blob
    and o.language = n.language and o.nth = n.nth;
