-- scope_facts: one row for each file and each analyzer that must have measured it: production files
-- by every analyzer of their language, test files by those that read tests.
-- Reads scope_parts (analyzer, part, languages, tests; no languages: all).
-- Of the measurements, millions, those of other contents are left out before all else.
create or replace temp table scope_facts as
with measured as materialized (
    from measurements semi join scope_files using (blob)
)
select
    f.snapshot,
    f.contract,
    f.path,
    f.class,
    f.language,
    f.size,
    p.analyzer,
    m.id as measurement,           -- null: nobody measured it yet
    m.reason,                      -- null: measured
    m.cause                        -- of the reason: supplier, ours
from scope_files as f
join scope_parts as p on len(p.languages) = 0 or list_contains(p.languages, f.language)
left join measured as m
    on m.blob = f.blob and m.language = f.language and m.analyzer = p.analyzer and m.part = p.part
where f.class = 'production' or (f.class = 'test' and p.tests);
