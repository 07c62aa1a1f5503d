-- standing_tickets: the tickets and defects of each view as they were known: what their source said last
-- of each before it had it no more (gone), or last at all where it never had it. A ticket was opened when any of its versions says so
-- first: nobody wins time by dating it anew. Most have one version, which needs no putting together.
create or replace temp table standing_tickets as
with versions as (
    select c.view, c.source, v.id, v.version, v.title, v.gone
    from scope_cuts as c
    join record_versions as v on v.source = c.source and v.batch <= c.batch
    where c.kind in ('tickets', 'defects')
),
several as materialized (
    select view, source, id from versions group by view, source, id having count(*) > 1
),
known as (
    select v.view, v.source, v.id, v.version, v.title, v.gone, o.opened
    from versions as v
    anti join several as s on s.view = v.view and s.source = v.source and s.id = v.id
    join tickets as o on o.version = v.version
    union all
    select
        v.view,
        v.source,
        v.id,
        coalesce(
            max(v.version) filter (where not v.gone),
            max(v.version) filter (where o.version is not null)
        ) as version,
        arg_max(v.title, v.version) as title,
        arg_max(v.gone, v.version) as gone,
        min(o.opened) as opened
    from versions as v
    semi join several as s on s.view = v.view and s.source = v.source and s.id = v.id
    left join tickets as o on o.version = v.version
    group by v.view, v.source, v.id
)
select
    c.view,
    c.kind,
    c.name as source,
    c.spoken,
    k.id,
    k.version,
    k.title,
    k.gone,
    t.opened as said_opened,
    t.by_agent,
    k.opened,
    case when t.answered <= c.spoken then t.answered end as answered
from known as k
join scope_cuts as c on c.view = k.view and c.source = k.source
join tickets as t on t.version = k.version
where k.opened <= c.spoken;
