-- history_measurements: how lizard measured given files of given commits.
-- Reads history_places (commit, path) and scope_parts. Of the measurements, millions, those of other
-- contents are left out before all else.
create or replace temp table history_measurements as
with looked as materialized (
    select h.*, f.blob, f.language
    from history_places as h
    join files as f on f."commit" = h."commit" and f.path = h.path
),
measured as materialized (
    from measurements semi join looked using (blob)
)
select h."commit", h.path, m.id as measurement, m.reason
from looked as h
join scope_parts as p on p.analyzer = 'lizard'
join measured as m
    on m.blob = h.blob and m.language = h.language and m.analyzer = p.analyzer and m.part = p.part;
