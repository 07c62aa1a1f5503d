-- Where the time of the clocks of a kind went, the longest first.
from clock_spent($clocks, $source, $policy, $queue, $priority)
order by seconds desc, state
