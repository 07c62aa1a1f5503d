-- The largest CCN of the functions of given names in given files of given commits.
-- Reads history_functions (commit, path, name).
with found as materialized (
    select measurement, name, ccn
    from functions
    semi join history_measurements using (measurement)
)
select h."commit", h.path, h.name, max(f.ccn) as ccn
from history_functions as h
join history_measurements as m on m."commit" = h."commit" and m.path = h.path
join found as f on f.measurement = m.measurement and f.name = h.name
group by h."commit", h.path, h.name
