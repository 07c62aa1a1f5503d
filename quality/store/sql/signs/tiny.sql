-- Snapshots in which functions of at most three lines hold more than half of all functions' lines.
with counted as (
    select
        snapshot,
        count(*) as functions,
        count(*) filter (nloc <= 3) as tiny,
        sum(nloc) as nloc,
        sum(nloc) filter (nloc <= 3) as tiny_nloc
    from production_functions
    semi join scope_pairs using (snapshot)
    group by snapshot
)
select
    snapshot,
    '' as path,
    null::integer as line,
    tiny || ' of ' || functions || ' functions have at most three lines, and '
        || tiny_nloc || ' of the ' || nloc || ' lines of all' as what
from counted
where functions >= 20 and tiny_nloc * 2 > nloc
order by snapshot
