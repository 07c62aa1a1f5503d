-- Findings of one kind, by file with most findings first. Hidden: a directive would have hidden it.
select snapshot, path, line, severity, cwe, rule, message, hidden
from production_findings
where kind = $kind and ($language is null or language = $language)
order by count(*) over (partition by snapshot, path) desc, snapshot, path, line, rule
