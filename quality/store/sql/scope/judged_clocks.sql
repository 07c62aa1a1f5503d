-- judged_clocks: the clocks of a kind that count in each window, by what is chosen: those that are due and
-- that no other party's failure takes out.
create or replace temp macro judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority) as table
select * exclude (excess, relieved)
from due_clocks(of_clocks, of_source, of_policy, of_queue, of_priority)
where not relieved;
