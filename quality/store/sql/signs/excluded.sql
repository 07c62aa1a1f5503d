-- Classes of code that no service level judges, where they hold at least a tenth of what is no test.
with code as (
    select
        snapshot,
        matched as class,
        count(*) as files,
        sum(size) as bytes,
        sum(sum(size)) over (partition by snapshot) as all_bytes
    from scope_files
    semi join scope_pairs using (snapshot)
    where kind = 'file' and matched in ('production', 'generated', 'vendored')
        and (language is not null or coalesce(unread, '') != '')
    group by snapshot, matched
)
select
    snapshot,
    '' as path,
    null::integer as line,
    files || if(files = 1, ' file', ' files') || ' of class ' || class || ', '
        || 100 * bytes // all_bytes || ' % of the code' as what
from code
where class != 'production' and bytes * 10 >= all_bytes
order by snapshot, class
