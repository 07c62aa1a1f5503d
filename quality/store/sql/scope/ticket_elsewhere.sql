-- ticket_elsewhere: where a party's part is counted, the stretches in which a ticket that it ever had was
-- in other hands: its clocks stand.
create or replace temp table ticket_elsewhere as
select
    t.view,
    t.version,
    case when f.begins = t.said_opened then t.opened else f.begins end as begins,
    case when f.ends <= t.spoken then f.ends end as ends,
    f.state,
    f.spoke,
    s.meaning in ('resolved', 'closed') as done,
    s.meaning = 'closed' as closed
from standing_tickets as t
join ticket_fields as f on f.version = t.version and f.begins <= t.spoken
join scope_states as s on s.key = t.view::bigint << 32 | f.state
where not s.held
    and t.view in (select key >> 32 from scope_states where not held)
    and exists (from ticket_duties as d where d.view = t.view and d.version = t.version);
