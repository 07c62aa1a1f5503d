-- Files by the lines that no test has run, most first, and the functions that no report names.
with named as (
    select
        snapshot, path,
        count(*) as lines, count(*) filter (hit) as run, sum(branches) as branches, sum(taken) as taken
    from covered_lines($source)
    where held
    group by snapshot, path
),
left_out as (
    select
        snapshot, path,
        len(list_distinct(flatten(list(lines) filter (silent)))) as lines,
        sum(2 * (ccn - 1)) as branches,
        array_to_string(list_sort(list(name || ':' || start_line) filter (silent))[:5], ', ') as names
    from passed_over($source)
    group by snapshot, path
)
select
    snapshot,
    path,
    coalesce(n.lines, 0) + coalesce(o.lines, 0) - coalesce(n.run, 0) as not_run,
    coalesce(n.lines, 0) + coalesce(o.lines, 0) as lines,
    coalesce(n.branches, 0) + coalesce(o.branches, 0) - coalesce(n.taken, 0) as not_taken,
    coalesce(n.branches, 0) + coalesce(o.branches, 0) as branches,
    coalesce(o.lines, 0) as passed_over,
    coalesce(o.names, '') as functions_passed_over
from named as n
full join left_out as o using (snapshot, path)
order by not_run desc, snapshot, path
