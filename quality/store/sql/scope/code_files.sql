-- code_files: production files that can hold logic, links and submodules too; unseen: no analyzer
-- reads it. A link and a submodule weigh as much as a file of the snapshot does on the average,
-- rounded up to whole bytes, and at least one.
create or replace temp view code_files as
with measured as (
    select snapshot, count(*) as files, sum(size) as bytes
    from scope_files
    where kind = 'file' and matched = 'production'
    group by snapshot
)
select
    f.snapshot,
    f.path,
    f.language is null as unseen,
    case when f.kind = 'file' then f.unread else f.kind end as what,  -- null: it is read
    case
        when f.kind = 'file' then f.size
        else greatest(1, (m.bytes + m.files - 1) // m.files)
    end::bigint as bytes
from scope_files as f
left join measured as m on m.snapshot = f.snapshot
where f.matched = 'production';
