-- The clocks of the resolution that are taken out for another party's delay, the longest delay first.
from clock_relieved('resolution_clocks', $source, $policy, $queue, $priority)
order by seconds desc, source, id, party
