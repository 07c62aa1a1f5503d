-- Files of each snapshot that some analyzer must measure and nobody has yet; all of them where they
-- were listed by other tables than $listing.
select snapshot, count(distinct path) as files
from (
    select snapshot, path from scope_facts where measurement is null
    union all
    select s.snapshot, f.path
    from scope_snapshots as s
    join commits as c on c.sha = s."commit"
    join files as f on f."commit" = s."commit"
    where c.listing is distinct from $listing
)
group by snapshot
