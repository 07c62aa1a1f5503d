-- covered_lines: what the reports in scope say of lines of production files that hold code; a line
-- that any of them has run is run. origin null: every source. held: the snapshot has code there.
-- Reads scope_reports and scope_report_files.
create or replace temp macro covered_lines(origin) as table
with named as (
    select
        s.snapshot,
        p.path,
        unnest(c.lines) as line,
        unnest(c.hit) as hit,
        unnest(c.branches) as branches,
        unnest(c.taken) as taken
    from scope_reports as s
    join report_coverage as c on c.content = s.content
    join scope_report_files as p
        on p.snapshot = s.snapshot and p.content = c.content and p.file = c.file
    join scope_files as f on f.snapshot = s.snapshot and f.path = p.path
    where
        s.section = 'coverage'
        and f.class = 'production'
        and (len(s.languages) = 0 or list_contains(s.languages, f.language))
        and (origin is null or s.source = origin)
),
code as (
    select s.snapshot, s.path, unnest(c.numbers) as line
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones' and s.class = 'production'
)
select
    n.snapshot,
    n.path,
    n.line,
    bool_or(n.hit) as hit,
    max(n.branches) as branches,
    least(max(n.taken), max(n.branches)) as taken,
    any_value(code.line) is not null as held
from named as n
left join code on code.snapshot = n.snapshot and code.path = n.path and code.line = n.line
group by n.snapshot, n.path, n.line;
