-- clocks_in_time: of the clocks of a kind whose targets were used up in each window, those that ended
-- before.
create or replace temp macro clocks_in_time(of_clocks, of_source, of_policy, of_queue, of_priority) as table
select "window", count(*) filter (where not missed) as numerator, count(*) as denominator
from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority)
group by "window";
