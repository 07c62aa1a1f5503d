-- declared_findings: the results of the reports in scope, with the files of the snapshot that they
-- are in. level: none where a rule is switched off; class: null outside of the snapshot.
-- Reads scope_reports (snapshot, section, source, content, languages) and scope_report_files
-- (snapshot, content, file, path).
create or replace temp view declared_findings as
select
    s.snapshot,
    s.source,
    t.tool,
    r.id as rule,
    coalesce(f.level, r.level) as level,
    r.cwes,
    coalesce(p.path, n.path, '') as path,
    c.class,
    f.line,
    case when f.apart = '' and coalesce(f.level, r.level) = 'none' then 'passed' else f.apart end
        as apart,
    f.message
from scope_reports as s
join report_findings as f on f.content = s.content
join report_rules as r on r.content = f.content and r.run = f.run and r.rule = f.rule
join report_runs as t on t.content = f.content and t.run = f.run
left join report_files as n on n.content = f.content and n.file = f.file
left join scope_report_files as p
    on p.snapshot = s.snapshot and p.content = f.content and p.file = f.file
left join scope_files as c on c.snapshot = s.snapshot and c.path = p.path
where s.section = 'findings';
