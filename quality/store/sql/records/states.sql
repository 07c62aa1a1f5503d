-- What tickets hold at once, in the order of what decides on a policy.
select state, status, priority, queue, "group", "type" from ticket_states
