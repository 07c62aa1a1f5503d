-- tickets.next_response: of the clocks whose targets were used up in the window, those that ended before.
create or replace temp macro tickets_next_response(of_source, of_policy, of_queue, of_priority) as table
from clocks_in_time('next_response_clocks', of_source, of_policy, of_queue, of_priority);
