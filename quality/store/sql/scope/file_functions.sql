-- file_functions: the functions of each production file together, in the snapshots that are judged.
-- Reads scope_pairs (snapshot, before).
create or replace temp table file_functions as
select
    snapshot,
    path,
    count(*) as functions,
    sum(nloc) as nloc,
    count(*) filter (nloc <= 3) as tiny,
    coalesce(sum(nloc) filter (nloc <= 3), 0) as tiny_nloc,
    coalesce(sum(nloc) filter (ccn > 10), 0) as complex_nloc,
    sum(ccn) as complexity,
    max(ccn) as max_ccn
from production_functions
semi join scope_pairs using (snapshot)
group by snapshot, path;
