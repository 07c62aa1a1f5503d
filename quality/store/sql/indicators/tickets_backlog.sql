-- tickets.backlog: tickets that are open at the end of each window.
create or replace temp macro tickets_backlog(of_source, of_queue, of_priority) as table
select "window", count(*) as numerator, 1 as denominator
from open_tickets(of_source, of_queue, of_priority)
group by "window";
