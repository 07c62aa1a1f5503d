-- Files of one class with their size, largest first; $class: production or test.
select
    n.snapshot,
    n.path,
    n.language,
    n.nloc,
    (
        select count(*)
        from production_functions as f
        where f.snapshot = n.snapshot and f.path = n.path
    ) as functions
from file_nloc as n
where n.class = $class
order by n.nloc desc, n.snapshot, n.path
