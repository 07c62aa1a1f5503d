-- compared_shapes: the shapes of the lines of the files that differ, where they say something.
create or replace temp view compared_shapes as
select
    c.snapshot,
    c.old,
    c.path,
    unnest(l.shape_numbers) as line,
    unnest(l.shapes) as shape
from compared_files as c
join scope_facts as s on s.snapshot = c.side and s.path = c.path and s.analyzer = 'clones'
join code_lines as l on l.measurement = s.measurement;
