-- earliest_openings: the first opening that any version of a ticket claims, of those that have several.
create or replace temp table earliest_openings as
select c.view, c.name as source, v.id, min(t.opened) as opened
from scope_cuts as c
join record_versions as v on v.source = c.source and v.batch <= c.batch
join tickets as t on t.version = v.version
where c.kind in ('tickets', 'defects')
group by c.view, c.name, v.id
having count(*) > 1;
