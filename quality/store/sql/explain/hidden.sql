-- Findings that a directive in the file would have hidden, errors first.
select snapshot, path, line, severity, rule, message
from production_findings
where hidden
order by severity, count(*) over (partition by snapshot, path) desc, snapshot, path, line, rule
