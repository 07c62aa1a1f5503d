-- The clocks of the next response that ran furthest beyond their targets, stretch by stretch.
from clock_courses('next_response_clocks', $source, $policy, $queue, $priority)
order by place, begins, ends
