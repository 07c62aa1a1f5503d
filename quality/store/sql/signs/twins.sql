-- Paths that are told apart from an earlier one by case or Unicode normal form only.
select
    snapshot,
    path,
    null::integer as line,
    'looks like ' || first as what
from (
    select
        snapshot,
        path,
        min(path) over (partition by snapshot, nfc_normalize(lower(path))) as first
    from scope_files
    semi join scope_pairs using (snapshot)
)
where path != first
order by snapshot, path
