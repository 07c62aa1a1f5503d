-- clock_relieved: the clocks of a kind that are taken out of each window, for a party had the ticket beyond
-- its own target: the seconds that the clock ran and its target, and those of the party's delay.
create or replace temp macro clock_relieved(of_clocks, of_source, of_policy, of_queue, of_priority) as table
with taken as (
    select "window", source, id, title, elapsed, target, unnest(excess) as late
    from due_clocks(of_clocks, of_source, of_policy, of_queue, of_priority)
    where relieved
)
select t.window, t.source, t.id, t.title, p.party, t.elapsed, t.target, t.late.seconds as seconds
from taken as t
join scope_relief as r on r.window = t.window and r.other = t.late.other
join scope_parties as p on p.view = r.other;
