-- Bytes of production files that each of these analyzers measured, or does not read; and of all.
select
    snapshot,
    coalesce(sum(size) filter (measured), 0) as measured,
    sum(size) as size
from (
    select
        snapshot,
        path,
        any_value(size) as size,
        coalesce(
            bool_and(measurement is not null and reason is null)
                filter (list_contains($analyzers, analyzer)),
            true
        ) as measured
    from scope_facts
    where class = 'production'
    group by snapshot, path
)
group by snapshot
