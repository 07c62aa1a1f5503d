-- Files of at least 500 lines of code of which less than a tenth is in functions, the largest first;
-- before them the snapshots of which such files, however small, hold more than half.
with files as (
    select n.snapshot, n.path, n.nloc, coalesce(i.nloc, 0) as inside
    from file_nloc as n
    semi join scope_pairs using (snapshot)
    left join file_functions as i on i.snapshot = n.snapshot and i.path = n.path
    where n.class = 'production'
),
flat as (
    select
        snapshot,
        sum(nloc) as nloc,
        count(*) filter (inside * 10 < nloc) as files,
        sum(nloc) filter (inside * 10 < nloc) as outside
    from files
    group by snapshot
)
select snapshot, path, line, what
from (
    select
        snapshot,
        '' as path,
        null::integer as line,
        outside || ' of ' || nloc || ' lines of code are in ' || files
            || ' files with hardly any function' as what,
        outside as nloc
    from flat
    where outside >= 500 and outside * 2 > nloc and files > 1
    union all
    select
        snapshot,
        path,
        null,
        nloc || ' lines of code, ' || inside || ' of them in functions',
        nloc
    from files
    where nloc >= 500 and inside * 10 < nloc
)
order by path != '', nloc desc, snapshot, path
