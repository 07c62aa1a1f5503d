-- Functions above the limit in the number that $by names (ccn, cognitive, nloc, parameters), worst first.
with judged as (
    select
        *,
        case $by when 'ccn' then ccn when 'cognitive' then cognitive when 'nloc' then nloc else parameters end as number
    from production_functions
)
select snapshot, path, start_line as line, name as function, ccn, cognitive, nloc, parameters, nesting, reader, body
from judged
where number > $above
order by number desc, nloc desc, snapshot, path, start_line, name
