-- What reports of tests declare: lines that can be run and were, lines without code that they name,
-- lines of functions that they pass over, and lines that directives left out.
with named as (
    select
        snapshot,
        count(*) filter (held) as lines,
        count(*) filter (held and hit) as run,
        count(*) filter (not held) as empty
    from covered_lines($source)
    group by snapshot
),
left_out as (
    select snapshot, count(*) as lines
    from (
        select distinct snapshot, path, unnest(lines) as line
        from passed_over($source)
        where silent
    )
    group by snapshot
),
excluded as (
    select s.snapshot, sum(c.excluded) as lines
    from scope_reports as s
    join report_coverage as c on c.content = s.content
    where s.source = $source
    group by s.snapshot
)
select
    snapshot,
    n.lines,
    n.run,
    n.empty,
    coalesce(o.lines, 0) as passed_over,
    coalesce(e.lines, 0) as excluded
from named as n
left join left_out as o using (snapshot)
left join excluded as e using (snapshot)
order by snapshot
