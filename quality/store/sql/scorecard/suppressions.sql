-- Directives by the tool they speak to, with the first three places.
select
    snapshot,
    tool,
    count(*) as directives,
    count(distinct path) as files,
    list(path || ':' || line || ': ' || text order by path, line, text)[1:3] as examples
from production_suppressions
group by snapshot, tool
order by snapshot, directives desc, tool
