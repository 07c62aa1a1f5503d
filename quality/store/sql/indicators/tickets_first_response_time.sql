-- tickets.first_response_time: the time of the clock at a percentile, by its rank; one that goes on counts with
-- the time so far.
create or replace temp macro tickets_first_response_time(percent, of_source, of_policy, of_queue, of_priority) as table
select "window", quantile_disc(elapsed, percent / 100) as numerator, 3600 as denominator
from judged_clocks('response_clocks', of_source, of_policy, of_queue, of_priority)
group by "window";
