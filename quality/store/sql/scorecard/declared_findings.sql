-- What reports of findings declare, by source: findings in production files (one for each tool, file,
-- line and rule), in other files, outside of the snapshot, suppressed, and results that are none.
with results as (
    select snapshot, source, path, line, tool, rule, apart, class, count(*) as results
    from declared_findings
    group by all
)
select
    snapshot,
    source,
    count(*) filter (apart = '' and class = 'production') as counted,
    coalesce(sum(results) filter (apart = '' and class != 'production'), 0) as elsewhere,
    coalesce(sum(results) filter (apart = '' and class is null), 0) as outside,
    coalesce(sum(results) filter (apart = 'suppressed'), 0) as suppressed,
    coalesce(sum(results) filter (apart in ('absent', 'passed')), 0) as passed
from results
group by snapshot, source
order by snapshot, source
