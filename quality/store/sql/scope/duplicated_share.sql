-- duplicated_share(lines, renamed): lines inside a window of so many that stands at two or more places,
-- of all such lines: code lines, or with ``renamed`` the lines whose shape says something.
create or replace temp macro duplicated_share(lines, renamed) as table
with duplicated as (
    select snapshot, count(*) as n from duplicated_lines(lines, renamed) group by snapshot
),
code as (
    select f.snapshot, sum(len(if(renamed, c.shapes, c.hashes))) as n
    from clone_files as f
    join code_lines as c on c.measurement = f.measurement
    group by f.snapshot
)
select code.snapshot, coalesce(duplicated.n, 0) as numerator, code.n as denominator
from code
left join duplicated using (snapshot);
