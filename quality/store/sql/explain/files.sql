-- Files of one class with their size, largest first; $class: production or test.
-- A file that lizard could not measure has no size, and stands at the end.
with per_file as (
    select snapshot, path, count(*) as functions from production_functions group by snapshot, path
)
select
    f.snapshot,
    f.path,
    f.language,
    n.nloc,
    coalesce(p.functions, 0) as functions
from scope_files as f
left join file_nloc as n on n.snapshot = f.snapshot and n.path = f.path
left join per_file as p on p.snapshot = f.snapshot and p.path = f.path
where f.class = $class
order by n.nloc desc nulls last, f.snapshot, f.path
