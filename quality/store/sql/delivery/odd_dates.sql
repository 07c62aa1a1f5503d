-- Commits of some branches that were delivered in [start, end) and whose dates are not to be
-- believed: by kind how many, and of the most striking one its id, its claim and what bounds it.
with asked as (
    select
        unnest($sources::varchar[]) as source,
        unnest($branches::varchar[]) as branch,
        unnest($starts::timestamp[]) as start,
        unnest($ends::timestamp[]) as "end"
),

found as (
    select
        source,
        branch,
        "commit",
        committed_at as claim,
        parent,
        not_before,
        not_after,
        greatest(least(committed_at, not_after), not_before) as delivered_at  -- null: no bound
    from deliveries
    semi join asked using (source, branch)
),

delivered as (
    select a.start, a."end", f.*, p.claim as parent_claim
    from asked as a
    join found as f
        on f.source = a.source and f.branch = a.branch
        and f.delivered_at >= a.start and f.delivered_at < a."end"
    left join found as p
        on p.source = f.source and p.branch = f.branch and p."commit" = f.parent
),

odd as (
    select *, 'back' as kind, not_before as bound from delivered where claim < not_before
    union all
    select *, 'future' as kind, not_after as bound from delivered where claim > not_after
    union all
    select *, 'disordered' as kind, parent_claim as bound from delivered where claim < parent_claim
)

select
    source,
    branch,
    start,
    "end",
    kind,
    count(*) as commits,
    unnest([first({'commit': "commit", 'claim': claim, 'bound': bound}
        order by abs(date_diff('second', claim, bound)) desc, "commit")], recursive := true)
from odd
group by source, branch, start, "end", kind
order by kind
