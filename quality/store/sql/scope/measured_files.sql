-- measured_files: production files; measured: every analyzer of its language did.
create or replace temp view measured_files as
select
    snapshot,
    path,
    language,
    any_value(size) as size,       -- bytes
    bool_and(measurement is not null and reason is null) as measured
from scope_facts
where class = 'production'
group by snapshot, path, language;
