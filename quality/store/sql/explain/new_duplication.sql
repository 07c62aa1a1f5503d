-- Runs of new code lines that stand elsewhere too, longest first.
with covered as (
    from duplicated_lines($lines, false, judged := (select max(snapshot) + 1 from scope_baselines))
),
doubled as (
    select
        l.snapshot,
        l.path,
        l.position,
        l.line,
        l.position - row_number() over (partition by l.snapshot, l.path order by l.position) as run
    from new_lines as l
    join covered as c
        on c.snapshot = l.snapshot and c.path = l.path and c.position = l.position
)
select
    snapshot,
    path,
    min(line) as line,
    max(line) as last_line,
    count(*) as new_lines
from doubled
group by snapshot, path, run
order by new_lines desc, snapshot, path, line
