-- What would have moved some snapshots that stand, of each in the order in which it was found.
with asked as (
    select
        unnest($sources::varchar[]) as source,
        unnest($branches::varchar[]) as branch,
        unnest($befores::timestamp[]) as before
)

select c.source, c.branch, c.before, c."commit", c.dropped, o.counted_at
from challenges as c
semi join asked as a on a.source = c.source and a.branch = c.branch and a.before = c.before
join observations as o on o.number = c.observation
order by c.observation
