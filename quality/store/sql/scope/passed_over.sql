-- passed_over: functions of production files, in the languages that tests are to cover, of which no
-- report names a line or, of those with many decisions, a branch: they were left out, and nobody
-- knows that they were run. lines: those that hold code (three at least); silent: none is named.
create or replace temp macro passed_over(origin) as table
with wanted as (
    select snapshot, bool_or(len(languages) = 0) as every, flatten(list(languages)) as languages
    from scope_reports
    where section = 'coverage' and (origin is null or source = origin)
    group by snapshot
),
said as (
    select
        snapshot,
        path,
        list(line) as lines,
        list(line) filter (branches > 0) as forks
    from covered_lines(origin)
    where held
    group by snapshot, path
),
bodies as (
    select
        s.snapshot,
        s.path,
        f.name,
        f.start_line,
        f.ccn,
        list_filter(c.numbers, lambda n: n between f.start_line and f.end_line) as lines,
        len(list_filter(coalesce(a.lines, []), lambda n: n between f.start_line and f.end_line)) = 0
            as silent,
        len(list_filter(coalesce(a.forks, []), lambda n: n between f.start_line and f.end_line)) = 0
            as unforked
    from scope_facts as s
    join wanted as w on w.snapshot = s.snapshot
    join functions as f on f.measurement = s.measurement
    join scope_facts as other
        on other.snapshot = s.snapshot and other.path = s.path and other.analyzer = 'clones'
    join code_lines as c on c.measurement = other.measurement
    left join said as a on a.snapshot = s.snapshot and a.path = s.path
    where
        s.analyzer = 'lizard'
        and s.class = 'production'
        and (w.every or list_contains(w.languages, s.language))
)
select snapshot, path, name, start_line, ccn, lines, silent
from bodies
where (silent and len(lines) >= 3) or (unforked and ccn > 5);
