-- The clocks of the first response that were due, week by week.
from clock_weeks('response_clocks', $source, $policy, $queue, $priority)
order by week
