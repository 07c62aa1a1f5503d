-- Functions of at least 40 lines with fewer than 3 tokens a line, the longest first.
select
    snapshot,
    path,
    start_line as line,
    name || ': ' || tokens || ' tokens on ' || nloc || ' lines' as what
from production_functions
semi join scope_pairs using (snapshot)
where nloc >= 40 and tokens < 3 * nloc
order by nloc desc, snapshot, path, start_line, name
