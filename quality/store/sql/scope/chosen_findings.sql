-- chosen_findings: findings in production files, one for each tool, file, line and rule, of what a
-- service level selects; null: all of it. grade: this level and graver.
create or replace temp macro chosen_findings(origin, maker, grade, named, weakness) as table
select
    snapshot,
    path,
    line,
    tool,
    rule,
    arg_min(level, list_position(['error', 'warning', 'note'], level)) as level,
    any_value(cwes) as cwes,
    min(source) as source,
    min(message) as message
from declared_findings
where
    apart = ''
    and class = 'production'
    and (origin is null or source = origin)
    and (maker is null or tool = maker)
    and (grade is null or list_position(['error', 'warning', 'note'], level)
        <= list_position(['error', 'warning', 'note'], grade))
    and (named is null or rule = named)
    and (weakness is null or list_contains(cwes, weakness::integer))
group by snapshot, path, line, tool, rule;
