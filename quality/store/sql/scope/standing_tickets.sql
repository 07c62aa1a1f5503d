-- standing_tickets: the tickets and defects of each view as they were known: what their source said
-- last of each, also where it has it no more (gone).
create or replace temp table standing_tickets as
select
    c.view,
    c.kind,
    c.name as source,
    v.id,
    max(v.version) filter (where not v.gone) as version,
    arg_max(v.title, v.version) as title,
    arg_max(v.gone, v.version) as gone,
    any_value(c.spoken) as spoken
from scope_cuts as c
join record_versions as v on v.source = c.source and v.batch <= c.batch
where c.kind in ('tickets', 'defects')
group by c.view, c.kind, c.name, v.id
having max(v.version) filter (where not v.gone) is not null;
