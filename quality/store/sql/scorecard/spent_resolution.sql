-- Where the time of the clocks of the resolution went, the longest first.
from clock_spent('resolution_clocks', $source, $policy, $queue, $priority)
order by seconds desc, state
