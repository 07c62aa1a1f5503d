-- scope_facts: one row for each file and each analyzer that must have measured it: production files
-- by every analyzer of their language, test files by lizard.
-- Reads scope_parts (analyzer, part, language; language null: all).
create or replace temp table scope_facts as
select
    f.snapshot,
    f.contract,
    f.path,
    f.class,
    f.language,
    f.size,
    p.analyzer,
    m.id as measurement,           -- null: nobody measured it yet
    m.reason                       -- null: measured
from scope_files as f
join scope_parts as p on p.language is null or p.language = f.language
left join measurements as m
    on m.blob = f.blob and m.language = f.language and m.analyzer = p.analyzer and m.part = p.part
where f.class = 'production' or (f.class = 'test' and p.analyzer = 'lizard');
