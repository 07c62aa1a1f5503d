-- ticket_elsewhere: where a party's part is counted, the stretches in which a ticket that it ever had was
-- in other hands: its clocks stand.
create or replace temp table ticket_elsewhere as
select
    s.view,
    s.version,
    s.begins,
    s.ends,
    s.state,
    s.spoke,
    s.meaning in ('resolved', 'closed') as done,
    s.meaning = 'closed' as closed
from ticket_stretches as s
where not s.held
    and s.view in (select key >> 32 from scope_states where not held)
    and exists (from ticket_duties as d where d.view = s.view and d.version = s.version);
