-- The clocks of the first response that ran furthest beyond their targets, stretch by stretch.
from clock_courses('response_clocks', $source, $policy, $queue, $priority)
order by place, begins, ends
