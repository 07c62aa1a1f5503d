-- new_declared: of the findings that a service level selects, those that the reports on the baseline do
-- not have: by tool, rule and the code of the line, counted, so that a copy is new and a moved or
-- renamed one is not. Where no code stands on the line, the words decide.
create or replace temp macro new_declared(origin, maker, grade, named, weakness) as table
with chosen as (
    select
        c.*,
        coalesce(l.hash, hash(c.message)) as context,
        count(*) over (
            partition by c.snapshot, c.path, c.tool, c.rule, coalesce(l.hash, hash(c.message))
        ) > 1 as same
    from chosen_findings(origin, maker, grade, named, weakness) as c
    left join source_lines as l
        on l.snapshot = c.snapshot and l.path = c.path and l.line = c.line
),
sides as (
    select b.snapshot as judged, false as old, c.*
    from scope_baselines as b
    join chosen as c on c.snapshot = b.snapshot
    union all
    select b.snapshot, true, c.*
    from scope_baselines as b
    join chosen as c on c.snapshot = b.base
),
numbered as (
    select
        *,
        row_number() over (
            partition by judged, old, tool, rule, context order by same desc, path, line
        ) as nth
    from sides
)
select n.* exclude (judged, old, same, nth)
from numbered as n
anti join numbered as o
    on o.judged = n.judged and o.old and o.tool = n.tool and o.rule = n.rule
    and o.context = n.context and o.nth = n.nth
where not n.old;
