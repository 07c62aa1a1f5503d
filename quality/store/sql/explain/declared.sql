-- Findings that reports declare, the gravest first, then by file with most of them.
select snapshot, path, line, level, array_to_string(cwes, ', ') as cwe, tool, rule, message, source
from chosen_findings($source, $tool, $level, $rule, $cwe)
order by
    list_position(['error', 'warning', 'note'], level),
    count(*) over (partition by snapshot, path) desc, snapshot, path, line, tool, rule
