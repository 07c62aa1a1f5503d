-- NLOC of complex functions (CCN above 10) in given files of given commits; 0: it has none.
-- Reads history_files (commit, path).
with complex as materialized (
    select measurement, nloc
    from functions
    semi join history_measurements using (measurement)
    where ccn > 10
)
select h."commit", h.path, coalesce(sum(f.nloc), 0) as complex_nloc
from history_files as h
join history_measurements as m on m."commit" = h."commit" and m.path = h.path
left join complex as f on f.measurement = m.measurement
where m.reason is null
group by h."commit", h.path
