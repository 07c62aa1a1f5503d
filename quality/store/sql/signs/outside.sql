-- Files of at least 500 lines of code of which less than a tenth is in functions, the largest first.
with inside as (
    select snapshot, path, sum(nloc) as nloc
    from production_functions
    semi join scope_pairs using (snapshot)
    group by snapshot, path
)
select
    n.snapshot,
    n.path,
    null::integer as line,
    n.nloc || ' lines of code, ' || coalesce(i.nloc, 0) || ' of them in functions' as what
from file_nloc as n
semi join scope_pairs using (snapshot)
left join inside as i on i.snapshot = n.snapshot and i.path = n.path
where n.class = 'production' and n.nloc >= 500 and coalesce(i.nloc, 0) * 10 < n.nloc
order by n.nloc desc, n.snapshot, n.path
