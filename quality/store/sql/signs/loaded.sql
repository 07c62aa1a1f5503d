-- Production files that include or run a file that no analyzer reads, data by its suffix. In
-- JavaScript, whose bundlers import style sheets and pictures, such an import means nothing.
with asked as (
    select
        s.snapshot,
        s.path,
        i.line,
        i.target,
        array_to_string(
            list_append(
                list_slice(string_split(s.path, '/'), 1, -2 - coalesce(i.up, 0)), i.target
            ),
            '/'
        ) as place
    from scope_facts as s
    semi join scope_pairs using (snapshot)
    join imports as i on i.measurement = s.measurement
    where s.analyzer = 'lizard' and s.class = 'production'
        and s.language in ('cpp', 'notebook', 'objectivec', 'php', 'python', 'ruby')
        and i.target like '%.%'
)
select a.snapshot, a.path, a.line, 'runs ' || min(f.path) || ' as code' as what
from asked as a
join scope_files as f
    on f.snapshot = a.snapshot and (f.path = a.place or f.path = a.target)
where f.kind = 'file' and f.language is null
group by a.snapshot, a.path, a.line, a.target
order by a.snapshot, a.path, a.line, what
