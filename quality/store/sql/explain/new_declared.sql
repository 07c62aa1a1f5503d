-- Findings that reports declare and the reports on the baseline do not, the gravest first.
select snapshot, path, line, level, array_to_string(cwes, ', ') as cwe, tool, rule, message, source
from new_declared($source, $tool, $level, $rule, $cwe)
order by
    list_position(['error', 'warning', 'note'], level),
    count(*) over (partition by snapshot, path) desc, snapshot, path, line, tool, rule
