-- The clocks of the next response that are taken out for another party's delay, the longest delay first.
from clock_relieved('next_response_clocks', $source, $policy, $queue, $priority)
order by seconds desc, source, id, party
