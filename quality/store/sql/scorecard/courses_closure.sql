-- The clocks of the closure that ran furthest beyond their targets, stretch by stretch.
from clock_courses('closure_clocks', $source, $policy, $queue, $priority)
order by place, begins, ends
