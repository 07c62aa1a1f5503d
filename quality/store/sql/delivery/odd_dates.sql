-- Commits of one branch that were delivered in [$start, $end) and whose dates are not to be
-- believed: by kind how many, and of the most striking one its id, its claim and what bounds it.
with found as (
    select
        "commit",
        committed_at as claim,
        parent,
        not_before,
        not_after,
        greatest(least(committed_at, not_after), not_before) as delivered_at  -- null: no bound
    from deliveries
    where source = $source and branch = $branch
),

delivered as (
    select f.*, p.claim as parent_claim
    from found as f
    left join found as p on p."commit" = f.parent
    where f.delivered_at >= $start and f.delivered_at < $end
),

odd as (
    select 'back' as kind, "commit", claim, not_before as bound from delivered
    where claim < not_before
    union all
    select 'future' as kind, "commit", claim, not_after as bound from delivered
    where claim > not_after
    union all
    select 'disordered' as kind, "commit", claim, parent_claim as bound from delivered
    where claim < parent_claim
)

select
    kind,
    count(*) as commits,
    unnest([first({'commit': "commit", 'claim': claim, 'bound': bound}
        order by abs(date_diff('second', claim, bound)) desc, "commit")], recursive := true)
from odd
group by kind
order by kind;
