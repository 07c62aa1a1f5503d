-- Directives, by file with most of them first.
select snapshot, path, line, tool, text
from production_suppressions
order by count(*) over (partition by snapshot, path) desc, snapshot, path, line, tool, text
