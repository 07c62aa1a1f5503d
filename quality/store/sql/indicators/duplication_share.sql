-- duplication.share: code lines inside a duplicated window, of all code lines.
create or replace temp macro duplication_share(lines) as table
with covered as (
    select distinct snapshot, path, unnest(range(position, position + lines)) as position
    from duplicates(lines, false)
),
duplicated as (
    select snapshot, count(*) as n from covered group by snapshot
),
code as (
    select s.snapshot, sum(len(c.numbers)) as n
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones'
    group by s.snapshot
)
select code.snapshot, coalesce(duplicated.n, 0) as numerator, code.n as denominator
from code
left join duplicated using (snapshot);
