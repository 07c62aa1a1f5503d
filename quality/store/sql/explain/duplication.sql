-- Duplicated blocks with all their places, largest first; position: of the first line among those
-- that a file's windows are made of.
with blocks as (
    select
        b.snapshot,
        b.window_hash,
        any_value(b.code_lines) as code_lines,
        list(
            {'path': b.path, 'line': b.line, 'last_line': b.last_line, 'position': b.position}
            order by b.path, b.line
        ) as places
    from duplicated_blocks($lines, $renamed = 1) as b
    group by b.snapshot, b.window_hash
)
select
    snapshot,
    row_number() over (order by code_lines desc, len(places) desc, snapshot, places) as block,
    code_lines,
    places
from blocks
order by block
