-- Every reading of some branches, those of each in order.
with asked as (select unnest($sources::varchar[]) as source, unnest($branches::varchar[]) as branch)

select source, branch, number, read_at, counted_at, tip, lost, how
from observations
semi join asked using (source, branch)
order by number
