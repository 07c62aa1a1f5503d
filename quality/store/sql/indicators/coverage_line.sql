-- coverage.line: lines that reports declare as run, of the lines that they name and those of the
-- functions that they pass over.
create or replace temp macro coverage_line(origin) as table
with named as (
    select snapshot, count(*) as lines, count(*) filter (hit) as hit
    from covered_lines(origin)
    where held
    group by snapshot
),
left_out as (
    select snapshot, count(*) as lines
    from (
        select distinct snapshot, path, unnest(lines) as line
        from passed_over(origin)
        where silent
    )
    group by snapshot
)
select
    snapshot,
    coalesce(named.hit, 0) as numerator,
    coalesce(named.lines, 0) + coalesce(left_out.lines, 0) as denominator
from named
full join left_out using (snapshot);
