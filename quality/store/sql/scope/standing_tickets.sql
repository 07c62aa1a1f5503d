-- standing_tickets: the tickets and defects of each view as they were known: what their source said last of each, also where it has it no more (gone). A ticket was
-- opened when any of its versions says so first: nobody wins time by dating it anew.
create or replace temp table standing_tickets as
with known as (
    select
        c.view,
        c.kind,
        c.name as source,
        any_value(c.spoken) as spoken,
        v.id,
        max(v.version) filter (where not v.gone) as version,
        min(v.version) filter (where not v.gone) as first_version,
        arg_max(v.title, v.version) as title,
        arg_max(v.gone, v.version) as gone
    from scope_cuts as c
    join record_versions as v on v.source = c.source and v.batch <= c.batch
    where c.kind in ('tickets', 'defects')
    group by c.view, c.kind, c.name, v.id
)
select
    k.view,
    k.kind,
    k.source,
    k.spoken,
    k.id,
    k.version,
    k.title,
    k.gone,
    t.opened as said_opened,
    t.by_agent,
    coalesce(e.opened, t.opened) as opened,
    case when t.answered <= k.spoken then t.answered end as answered
from known as k
join tickets as t on t.version = k.version
left join earliest_openings as e on k.first_version != k.version and e.view = k.view and e.id = k.id
    and e.source = k.source
where coalesce(e.opened, t.opened) <= k.spoken;
