-- The clocks of the resolution, those that ran furthest beyond their targets first; moments in UTC.
select * exclude (beyond)
from clock_rows('resolution_clocks', $source, $policy, $queue, $priority)
order by missed desc, beyond desc, source, id
