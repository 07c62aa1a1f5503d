-- duplication.renamed_share: lines whose shape says something inside a window of shapes that stands
-- twice, of all such lines.
create or replace temp macro duplication_renamed_share(lines) as table
with covered as (
    select distinct snapshot, path, unnest(range(position, position + lines)) as position
    from duplicates(lines, true)
),
duplicated as (
    select snapshot, count(*) as n from covered group by snapshot
),
code as (
    select s.snapshot, sum(len(c.shapes)) as n
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones'
    group by s.snapshot
)
select code.snapshot, coalesce(duplicated.n, 0) as numerator, code.n as denominator
from code
left join duplicated using (snapshot);
