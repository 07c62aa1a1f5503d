-- The functions that only one side has, each with the hashes of its code lines.
with lines as (
    select c.number, list(l.hash) as hashes
    from compared_functions as c
    join compared_lines as l
        on l.snapshot = c.snapshot and l.old = c.old and l.path = c.path
        and l.line between c.start_line and c.end_line
    where not c.matched and not c.alike
    group by c.number
)
select
    c.snapshot, c.old, c.number, c.path, c.language, coalesce(l.hashes, []) as hashes, c.name,
    c.start_line, c.end_line, c.nloc, c.ccn, c.tokens, c.parameters, c.nesting, c.body
from compared_functions as c
left join lines as l on l.number = c.number
where not c.matched and not c.alike
order by c.snapshot, c.number
