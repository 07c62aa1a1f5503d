-- Each place where some contracts' repositories were read for a period, in the order in which the
-- contract named them.
with asked as (
    select
        unnest($contracts::varchar[]) as contract,
        unnest($repositories::varchar[]) as repository,
        unnest($befores::timestamp[]) as before
)

select contract, repository, before, source, branch
from places
semi join asked using (contract, repository, before)
order by number
