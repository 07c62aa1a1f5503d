-- coverage.branch: branches that reports declare as taken, of the branches that they name and two for
-- each decision of the functions that they pass over. Nothing where no report names a branch.
create or replace temp macro coverage_branch(origin) as table
with named as (
    select snapshot, sum(branches) as branches, sum(taken) as taken
    from covered_lines(origin)
    where held
    group by snapshot
    having sum(branches) > 0
),
left_out as (
    select snapshot, sum(2 * (ccn - 1)) as branches from passed_over(origin) group by snapshot
)
select
    named.snapshot,
    named.taken as numerator,
    named.branches + coalesce(left_out.branches, 0) as denominator
from named
left join left_out using (snapshot);
