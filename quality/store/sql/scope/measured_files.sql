-- measured_files: production files; measured: every analyzer of its language did; unreadable: one
-- could not because of what was delivered.
create or replace temp view measured_files as
select
    snapshot,
    path,
    language,
    any_value(size) as size,       -- bytes
    bool_and(measurement is not null and reason is null) as measured,
    coalesce(bool_or(cause = 'supplier'), false) as unreadable
from scope_facts
where class = 'production'
group by snapshot, path, language;
