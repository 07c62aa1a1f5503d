-- The largest CCN of the functions of given names in given files of given commits.
-- Reads history_functions (commit, path, name) and scope_parts.
select h."commit", h.path, h.name, max(f.ccn) as ccn
from history_functions as h
join files on files."commit" = h."commit" and files.path = h.path
join scope_parts as p on p.analyzer = 'lizard'
join measurements as m
    on m.blob = files.blob and m.language = files.language
    and m.analyzer = p.analyzer and m.part = p.part
join functions as f on f.measurement = m.id and f.name = h.name
group by h."commit", h.path, h.name
