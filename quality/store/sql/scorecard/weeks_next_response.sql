-- The clocks of the next response that were due, week by week.
from clock_weeks('next_response_clocks', $source, $policy, $queue, $priority)
order by week
