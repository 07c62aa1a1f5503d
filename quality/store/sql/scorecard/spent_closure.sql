-- Where the time of the clocks of the closure went, the longest first.
from clock_spent('closure_clocks', $source, $policy, $queue, $priority)
order by seconds desc, state
