-- The clocks of a kind that were due, week by week.
from clock_weeks($clocks, $source, $policy, $queue, $priority)
order by week
