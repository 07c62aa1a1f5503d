-- NLOC of complex functions (CCN above 10) in given files of given commits; 0: it has none.
-- Reads history_files (commit, path) and scope_parts.
select
    h."commit",
    h.path,
    coalesce(sum(f.nloc) filter (f.ccn > 10), 0) as complex_nloc
from history_files as h
join files on files."commit" = h."commit" and files.path = h.path
join scope_parts as p on p.analyzer = 'lizard'
join measurements as m
    on m.blob = files.blob and m.language = files.language
    and m.analyzer = p.analyzer and m.part = p.part
left join functions as f on f.measurement = m.id
where m.reason is null
group by h."commit", h.path
