-- The clocks of the closure that are taken out for another party's delay, the longest delay first.
from clock_relieved('closure_clocks', $source, $policy, $queue, $priority)
order by seconds desc, source, id, party
