-- Functions that rose above the limit since the baseline or got worse above it, most complex first:
-- was_ccn is what they had in the baseline, null where it has no such function.
select
    f.snapshot,
    f.path,
    f.start_line as line,
    f.name as function,
    f.ccn,
    f.was_ccn,
    if(f.was_path = f.path, null, f.was_path) as moved_from,
    greatest(1, count(l.position)) as new_lines,
    f.nloc
from charged_functions($above) as f
left join new_lines as l on l.function = f.number
group by all
order by f.ccn desc, new_lines desc, f.snapshot, f.path, line, function
