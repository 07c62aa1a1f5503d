-- Duplicated blocks with all their places, largest first.
with blocks as (
    select
        snapshot,
        window_hash,
        any_value(code_lines) as code_lines,
        list(concat(path, ':', line, '-', last_line) order by path, line) as places
    from duplicated_blocks($lines, $renamed = 1)
    group by snapshot, language, window_hash
)
select
    snapshot,
    row_number() over (order by code_lines desc, len(places) desc, snapshot, places) as block,
    code_lines,
    places
from blocks
order by block
