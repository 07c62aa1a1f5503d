-- Numbers of given paths in given commits, one row a function name (null: a file without functions).
-- Reads history_wanted (commit, path) and scope_parts.
select
    h."commit",
    h.path,
    f.name,
    max(f.ccn) as ccn,
    coalesce(sum(f.nloc) filter (f.ccn > 10), 0) as complex_nloc
from history_wanted as h
join files on files."commit" = h."commit" and files.path = h.path
join scope_parts as p on p.analyzer = 'lizard'
join measurements as m
    on m.blob = files.blob and m.language = files.language
    and m.analyzer = p.analyzer and m.part = p.part
left join functions as f on f.measurement = m.id
where m.reason is null
group by h."commit", h.path, f.name
