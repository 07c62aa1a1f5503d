-- tickets.closure: of the clocks whose targets were used up in the window, those that ended before.
create or replace temp macro tickets_closure(of_source, of_policy, of_queue, of_priority) as table
from clocks_in_time('closure_clocks', of_source, of_policy, of_queue, of_priority);
