-- Where the time of the clocks of the first response went, the longest first.
from clock_spent('response_clocks', $source, $policy, $queue, $priority)
order by seconds desc, state
