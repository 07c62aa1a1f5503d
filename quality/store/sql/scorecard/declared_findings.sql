-- What reports of findings declare, by source: findings in production files (one for each tool, file,
-- line and rule), in other files, outside of the snapshot, suppressed, and results that are none.
select
    snapshot,
    source,
    count(distinct (path, line, tool, rule)) filter (apart = '' and class = 'production') as counted,
    count(*) filter (apart = '' and class != 'production') as elsewhere,
    count(*) filter (apart = '' and class is null) as outside,
    count(*) filter (apart = 'suppressed') as suppressed,
    count(*) filter (apart in ('absent', 'passed')) as passed
from declared_findings
group by snapshot, source
order by snapshot, source
