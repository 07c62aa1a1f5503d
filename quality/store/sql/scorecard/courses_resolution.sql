-- The clocks of the resolution that ran furthest beyond their targets, stretch by stretch.
from clock_courses('resolution_clocks', $source, $policy, $queue, $priority)
order by place, begins, ends
