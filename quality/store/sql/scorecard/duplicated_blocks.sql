-- The largest duplicated blocks of each owner, with the first $shown of their places.
-- Reads scope_owners (snapshot, owner), which holds the first $judged snapshots of the scope.
with blocks as (
    select
        snapshot,
        any_value(code_lines) as code_lines,
        count(*) as places,
        list(
            {'path': path, 'line': line, 'last_line': last_line} order by path, line
        )[: $shown] as first
    from duplicated_blocks($lines, false, judged := $judged)
    group by snapshot, window_hash
)
select b.snapshot, b.code_lines, b.places, b.first
from blocks as b
join scope_owners as o on o.snapshot = b.snapshot
qualify row_number() over (
    partition by o.owner order by b.code_lines desc, b.places desc, b.snapshot, b.first
) <= $top
order by o.owner, b.code_lines desc, b.places desc, b.snapshot, b.first
