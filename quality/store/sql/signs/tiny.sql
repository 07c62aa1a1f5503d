-- Snapshots in which functions of at most three lines hold more than half of all functions' lines.
with counted as (
    select
        snapshot,
        sum(functions) as functions,
        sum(tiny) as tiny,
        sum(nloc) as nloc,
        sum(tiny_nloc) as tiny_nloc
    from file_functions
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
