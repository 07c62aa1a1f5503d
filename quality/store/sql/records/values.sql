-- The values of tickets that decide which policy takes them.
select distinct view, priority, queue, "group", "type" from ticket_stretches
