-- defect_turns: when each defect was done, and when it was opened again: by the meanings of its
-- statuses, a dismissal being an end too.
create or replace temp table defect_turns as
with stretches as (
    select
        d.view,
        d.version,
        s.begins,
        s.meaning in ('resolved', 'closed') or m.meaning in ('rejected', 'duplicate') as done
    from standing_defects as d
    join ticket_stretches as s on s.view = d.view and s.version = d.version
    left join scope_defect_statuses as m
        on m.view = s.view and lower(m.status) = lower(s.status) and m.meaning in ('rejected', 'duplicate')
),
turns as (
    select
        view,
        version,
        begins as moment,
        coalesce(done, false) as done,
        lag(coalesce(done, false), 1, false) over (partition by view, version order by begins) as before
    from stretches
)
select view, version, moment, done
from turns
where done != before;
