-- duplicated_share(lines, renamed): lines inside a window of so many that stands at two or more places,
-- of all such lines: code lines, or with ``renamed`` the lines whose shape says something.
create or replace temp macro duplicated_share(lines, renamed) as table
with covered as (
    select distinct snapshot, path, unnest(range(position, position + lines)) as position
    from duplicates(lines, renamed)
),
duplicated as (
    select snapshot, count(*) as n from covered group by snapshot
),
code as (
    select s.snapshot, sum(len(case when renamed then c.shapes else c.hashes end)) as n
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones'
    group by s.snapshot
)
select code.snapshot, coalesce(duplicated.n, 0) as numerator, code.n as denominator
from code
left join duplicated using (snapshot);
