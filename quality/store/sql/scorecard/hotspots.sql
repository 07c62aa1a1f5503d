-- Files whose content changed between the snapshots of periods, by changes x complexity, the first
-- $top of each owner. changes: snapshots in which a file's content is another than in the one before
-- that had it; complexity: the sum of its functions' CCN in the judged snapshot.
-- Reads churn_snapshots (snapshot, owner, position, commit), oldest first, of the judged snapshots.
with versions as (
    select
        c.snapshot,
        c.owner,
        f.path,
        f.blob,
        lag(f.blob) over (
            partition by c.snapshot, f.path order by c.position
        ) as before
    from churn_snapshots as c
    join files as f on f."commit" = c."commit" and f.language is not null
),
changed as (
    select snapshot, owner, path, count(*) filter (blob != before) as changes
    from versions
    group by snapshot, owner, path
    having changes > 0
)
select
    c.snapshot,
    c.path,
    c.changes,
    p.complexity,
    p.functions,
    p.max_ccn,
    n.nloc
from changed as c
join file_functions as p using (snapshot, path)
join file_nloc as n using (snapshot, path)
qualify row_number() over (
    partition by c.owner order by c.changes * p.complexity desc, c.snapshot, c.path
) <= $top
order by c.owner, c.changes * p.complexity desc, c.snapshot, c.path
