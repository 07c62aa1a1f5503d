-- tickets.resolution_time: the time of the clocks of the resolution at a percentile.
create or replace temp macro tickets_resolution_time(percent, of_source, of_policy, of_queue, of_priority) as table
from clock_percentile('resolution_clocks', percent, of_source, of_policy, of_queue, of_priority);
