-- reports.matched: files that the reports of a source name and the snapshot has, of all that they
-- name.
create or replace temp macro reports_matched(origin) as table
select
    s.snapshot,
    count(distinct n.path) filter (p.path is not null) as numerator,
    count(distinct n.path) as denominator
from scope_reports as s
join report_files as n on n.content = s.content
left join scope_report_files as p
    on p.snapshot = s.snapshot and p.content = n.content and p.file = n.file
where s.source = origin and n.path != ''
group by s.snapshot;
