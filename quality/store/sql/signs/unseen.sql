-- Production files that can hold logic and no analyzer reads, the largest first.
select
    snapshot,
    path,
    null::integer as line,
    what || case when what in ('link', 'submodule') then '' else ', ' || bytes || ' bytes' end
        as what
from code_files
semi join scope_pairs using (snapshot)
where unseen
order by bytes desc, snapshot, path
