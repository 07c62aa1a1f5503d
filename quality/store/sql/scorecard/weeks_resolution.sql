-- The clocks of the resolution that were due, week by week.
from clock_weeks('resolution_clocks', $source, $policy, $queue, $priority)
order by week
