-- compared_findings: findings of the files that differ; matched: the other side has it too, by rule
-- and code of the line, counted, so that a copy of a finding is new and a moved one is not.
create or replace temp table compared_findings as
with findings as (
    select
        c.snapshot,
        c.old,
        p.* exclude (snapshot),
        count(*) over (partition by c.snapshot, p.path, p.rule, p.context) > 1 as same
    from compared_files as c
    join production_findings as p on p.snapshot = c.side and p.path = c.path
),
numbered as (
    select
        *,
        row_number() over (
            partition by snapshot, old, rule, context order by same desc, path, line
        ) as nth
    from findings
)
select
    n.* exclude (same, nth),
    exists (
        select 1 from numbered as o
        where o.snapshot = n.snapshot and o.old != n.old and o.rule = n.rule
            and o.context = n.context and o.nth = n.nth
    ) as matched
from numbered as n;
