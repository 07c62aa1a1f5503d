-- Files that reports name and the snapshot does not have.
select distinct s.snapshot, s.source, n.path
from scope_reports as s
join report_files as n on n.content = s.content
left join scope_report_files as p
    on p.snapshot = s.snapshot and p.content = n.content and p.file = n.file
where n.path != '' and p.path is null
qualify row_number() over (partition by s.snapshot, s.source order by n.path) <= $shown
order by s.snapshot, s.source, n.path
