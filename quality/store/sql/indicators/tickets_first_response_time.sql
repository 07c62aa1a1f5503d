-- tickets.first_response_time: the time of the clocks of the first response at a percentile.
create or replace temp macro tickets_first_response_time(percent, of_source, of_policy, of_queue, of_priority) as table
from clock_percentile('response_clocks', percent, of_source, of_policy, of_queue, of_priority);
