-- next_response_parts: clock_parts of the next response.
create or replace temp macro next_response_parts(of_source, of_policy, of_queue, of_priority) as table
from clock_parts('next_response_clocks', of_source, of_policy, of_queue, of_priority);
