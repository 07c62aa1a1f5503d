-- duplicated_lines(lines, renamed): each line inside a window of so many that stands at two or more
-- places, by its position among those that a file's windows are made of. judged: see duplicates.
create or replace temp macro duplicated_lines(lines, renamed, judged := null) as table
with windows as (
    select
        file,
        position,
        lead(position, 1, position + lines) over (partition by file order by position) as next
    from duplicates(lines, renamed, judged := judged)
)
select
    f.snapshot,
    f.path,
    unnest(range(w.position, least(w.position + lines, w.next))) as position
from windows as w
join clone_files as f on f.file = w.file;
