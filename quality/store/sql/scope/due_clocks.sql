-- due_clocks: the clocks of a kind whose targets were used up in each window, by what is chosen. relieved:
-- it missed, and would not have without the time for which others were late that relieve this window.
create or replace temp macro due_clocks(of_clocks, of_source, of_policy, of_queue, of_priority) as table
select w.window, t.source, t.id, t.title, t.gone, t.by_agent,
    t.opened < t.said_opened as redated, p.name as policy, v.queue, v.priority,
    c.* exclude (view, policy, state),
    coalesce(c.missed and c.elapsed - list_sum([late.seconds for late in c.excess
        if list_contains(r.others, late.other)]) <= c.target, false) as relieved
from scope_windows as w
join query_table(of_clocks) as c on c.view = w.view and c.due >= w.begins and c.due < w.ends
join standing_tickets as t on t.view = c.view and t.version = c.version
join scope_policies as p on p.view = c.view and p.policy = c.policy
join ticket_states as v on v.state = c.state
left join (select "window", list(other) as others from scope_relief group by "window") as r on r.window = w.window
where (of_source is null or t.source = of_source)
    and (of_policy is null or p.name = of_policy)
    and (of_queue is null or v.queue = of_queue)
    and (of_priority is null or v.priority = of_priority);
