-- The clocks of a kind that ran furthest beyond their targets, stretch by stretch.
from clock_courses($clocks, $source, $policy, $queue, $priority)
order by place, begins, ends
