-- The clocks of a kind that are taken out for another party's delay, the longest delay first.
from clock_relieved($clocks, $source, $policy, $queue, $priority)
order by seconds desc, source, id, party
