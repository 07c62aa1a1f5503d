-- What some baselines were found to name, of each in the order of finding.
with asked as (
    select
        unnest($sources::varchar[]) as source,
        unnest($branches::varchar[]) as branch,
        unnest($stated::varchar[]) as stated
)

select b.source, b.branch, b.stated, b."commit", b.reason, b.found_at, c.committed_at
from baselines as b
semi join asked as a on a.source = b.source and a.branch = b.branch and a.stated = b.stated
left join commits as c on c.sha = b."commit"
order by b.number
