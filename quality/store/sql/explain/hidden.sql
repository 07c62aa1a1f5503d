-- Findings that a directive in the file would have hidden, errors first.
select snapshot, path, line, kind, severity, cwe, rule, message
from production_findings
where hidden
order by kind, count(*) over (partition by snapshot, path) desc, snapshot, path, line, rule
