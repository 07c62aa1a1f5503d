-- In whose hands tickets were in each window (empty: nobody's): for how many seconds of their policies'
-- calendars they were worked on and waited for the customer, how many tickets, how often one was handed to
-- them, and of nobody's the queues.
with hands as (
    select
        "window",
        holder,
        sum(ran) filter (where not waits) as ran,
        sum(ran) filter (where waits) as waited,
        count(distinct (source, id)) as tickets
    from ticket_time($source, $queue, $priority)
    where "window" in (
        select w.window from scope_windows as w join scope_parties as p on p.view = w.view and p.party = ''
    )
    group by "window", holder
),
turns as (
    select s.*, lag(s.holder) over (partition by s.view, s.version order by s.begins) as before
    from ticket_stretches as s
    join standing_tickets as t on t.view = s.view and t.version = s.version and t.kind = 'tickets'
    where s.view in (select view from scope_parties where party = '') and ($source is null or t.source = $source)
),
moved as (
    select
        w.window,
        t.holder,
        count(*) filter (where t.before != t.holder and t.begins >= w.begins) as handed,
        list_sort(list(distinct t.queue) filter (where t.holder = '')) as queues
    from scope_windows as w
    join turns as t on t.view = w.view and t.begins < w.ends and coalesce(t.ends, w.ends) > w.begins
    where ($queue is null or t.queue = $queue) and ($priority is null or t.priority = $priority)
    group by w.window, t.holder
)
select
    h.window,
    h.holder,
    coalesce(h.ran, 0) as ran,
    coalesce(h.waited, 0) as waited,
    h.tickets,
    coalesce(m.handed, 0) as handed,
    coalesce(m.queues, []) as queues
from hands as h
left join moved as m on m.window = h.window and m.holder = h.holder
order by h.holder = '', h.holder
