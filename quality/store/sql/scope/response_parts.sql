-- response_parts: clock_parts of the response.
create or replace temp macro response_parts(of_source, of_policy, of_queue, of_priority) as table
from clock_parts('response_clocks', of_source, of_policy, of_queue, of_priority);
