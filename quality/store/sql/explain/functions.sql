-- Functions above the limit in the number that $by names (ccn, nloc, parameters), worst first.
select snapshot, path, start_line as line, name as function, ccn, nloc, parameters, nesting
from production_functions
where case $by when 'ccn' then ccn when 'nloc' then nloc else parameters end > $above
order by
    case $by when 'ccn' then ccn when 'nloc' then nloc else parameters end desc,
    nloc desc,
    snapshot,
    path,
    start_line,
    name
