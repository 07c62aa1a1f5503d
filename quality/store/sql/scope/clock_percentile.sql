-- clock_percentile: the hours of the clocks of a kind at a percentile, by its rank; one that goes on
-- counts with the time so far.
create or replace temp macro clock_percentile(of_clocks, percent, of_source, of_policy, of_queue, of_priority) as table
select "window", quantile_disc(elapsed, percent / 100) as numerator, 3600 as denominator
from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority)
group by "window";
