-- Findings of one severity, by file with most findings first.
select snapshot, path, line, rule, message, hidden
from production_findings
where severity = $severity and ($language is null or language = $language)
order by count(*) over (partition by snapshot, path) desc, snapshot, path, line, rule
