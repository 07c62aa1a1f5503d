-- Error findings that the baseline does not have, by file with most of them first.
select snapshot, path, line, severity, cwe, rule, message, hidden
from new_errors
where $language is null or language = $language
order by count(*) over (partition by snapshot, path) desc, snapshot, path, line, rule
