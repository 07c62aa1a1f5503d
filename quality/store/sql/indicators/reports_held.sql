-- reports.held: lines that the coverage reports of a source name in production files and that hold
-- code in the snapshot, of all that they name there. Of a file of which every line is named (as V8's
-- coverage does), those up to its last line of code are as they should be.
create or replace temp macro reports_held(origin) as table
with ends as (
    select s.snapshot, s.path, list_max(c.numbers) as last
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones' and s.class = 'production'
),
files as (
    select
        n.snapshot,
        n.path,
        count(*) as lines,
        case
            when count(*) = max(n.line) then least(count(*), any_value(coalesce(e.last, 0)))
            else count(*) filter (n.held)
        end as held
    from covered_lines(origin) as n
    left join ends as e on e.snapshot = n.snapshot and e.path = n.path
    group by n.snapshot, n.path
)
select snapshot, sum(held) as numerator, sum(lines) as denominator
from files
group by snapshot;
