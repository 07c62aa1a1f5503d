-- Where the time of the clocks of the next response went, the longest first.
from clock_spent('next_response_clocks', $source, $policy, $queue, $priority)
order by seconds desc, state
