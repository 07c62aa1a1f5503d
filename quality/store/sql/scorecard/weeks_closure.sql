-- The clocks of the closure that were due, week by week.
from clock_weeks('closure_clocks', $source, $policy, $queue, $priority)
order by week
