-- clock_parts: what became of the clocks that are judged in each window, and what is odd about their
-- tickets. The kind is asked for by the first word of its table's name, as in is_over.
create or replace temp macro clock_parts(of_clocks, of_source, of_policy, of_queue, of_priority) as table
with due as (
    from due_clocks(of_clocks, of_source, of_policy, of_queue, of_priority)
),
judged as (
    from due where not relieved
),
handed as (
    select j.window, not j.missed and j.elapsed * 10 >= j.target * 9 as late
    from judged as j
    join scope_windows as w on w.window = j.window
    join ticket_elsewhere as e on e.view = w.view and e.version = j.version and e.begins = j.ended
    where not e.done and (split_part(of_clocks, '_', 1) in ('resolution', 'closure') or e.spoke != 'agent')
),
excesses as (
    select "window", version, turn, unnest(excess) as late from due where relieved
),
relieved as (
    select e.window, string_agg(p.party, ' and ' order by p.party) as parties
    from excesses as e
    join scope_relief as r on r.window = e.window and r.other = e.late.other
    join scope_parties as p on p.view = r.other
    group by e.window, e.version, e.turn
),
taken_away as (
    select distinct w.window, t.source, t.id
    from scope_windows as w
    join scope_parties as p on p.view = w.view and p.party != ''
    join standing_tickets as t on t.view = w.view and t.kind = 'tickets' and t.opened >= w.begins and t.opened < w.ends
    join scope_cuts as c on c.view = w.view and c.name = t.source and c.kind = 'tickets'
    join record_versions as v on v.source = c.source and v.id = t.id and v.batch <= c.batch and v.version < t.version
    join ticket_fields as f on f.version = v.version
    join scope_states as s on s.key = w.view::bigint << 32 | f.state and s.held
    anti join ticket_duties as d on d.view = w.view and d.version = t.version
    where of_source is null or t.source = of_source
),
priorities as (  -- empty: none, as before somebody gives a ticket its first one
    select f.version, s.priority, f.begins
    from ticket_fields as f
    join ticket_states as s on s.state = f.state
),
changed as (  -- to another one, or to none
    select j.window, j.version
    from judged as j
    join priorities as p on p.version = j.version
    group by j.window, j.version, j.turn
    having count(distinct p.priority) filter (where p.priority != '') > 1
        or max(p.begins) filter (where p.priority = '') > min(p.begins) filter (where p.priority != '')
),
said as (
    select distinct j.window, j.version, j.turn
    from judged as j
    join scope_windows as w on w.window = j.window
    join scope_cuts as c on c.view = w.view and c.name = j.source and c.kind = 'tickets'
    join record_versions as v on v.source = c.source and v.id = j.id and v.batch <= c.batch and v.version < j.version
    join priorities as p on p.version = v.version and p.priority != ''
    anti join priorities as n on n.version = j.version and n.priority = p.priority
),
lost as (
    select j.window, j.version
    from judged as j
    join scope_windows as w on w.window = j.window
    join ticket_fields as f on f.version = j.version
    join scope_states as s on s.key = w.view::bigint << 32 | f.state and s.holder = ''
    where s.meaning not in ('resolved', 'closed')
    group by j.window, j.version
)
select "window", part, count(*) as much
from (
    select "window", case when not missed then 'in time' when ended is null then 'missed, and still open'
        else 'missed' end as part
    from judged
    union all
    select "window", 'of these no longer at the source' from judged where gone
    union all
    select "window", 'of these dated anew' from judged where redated
    union all
    select "window", 'of these opened by the supplier' from judged where by_agent
    union all
    select "window", 'of these handed over before their end' from handed
    union all
    select "window", 'of these handed over in the last tenth of the target' from handed where late
    union all
    select "window", 'of these whose priority changed' from changed
    union all
    select "window", 'of these with another priority by what was said before' from said
    union all
    select "window", 'of these for some time in a queue of nobody' from lost
    union all
    select "window", 'tickets that it had by what was said before, left out' from taken_away
    union all
    select "window", 'taken out: ' || parties || ' ran beyond its own target' from relieved
)
group by "window", part;
