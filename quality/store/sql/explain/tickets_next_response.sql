-- The clocks of the next response, those that ran furthest beyond their targets first; moments in UTC.
select * exclude (beyond)
from clock_rows('next_response_clocks', $source, $policy, $queue, $priority)
order by missed desc, beyond desc, source, id
