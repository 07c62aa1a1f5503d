-- resolution_parts: clock_parts of the resolution.
create or replace temp macro resolution_parts(of_source, of_policy, of_queue, of_priority) as table
from clock_parts('resolution_clocks', of_source, of_policy, of_queue, of_priority);
