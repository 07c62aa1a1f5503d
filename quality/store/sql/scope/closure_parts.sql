-- closure_parts: clock_parts of the closure.
create or replace temp macro closure_parts(of_source, of_policy, of_queue, of_priority) as table
from clock_parts('closure_clocks', of_source, of_policy, of_queue, of_priority);
