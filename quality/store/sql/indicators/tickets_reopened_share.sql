-- tickets.reopened_share: of the tickets whose work was done in the window, those that were opened again.
create or replace temp macro tickets_reopened_share(of_source, of_queue, of_priority) as table
select "window", count(*) filter (where again) as numerator, count(*) as denominator
from done_tickets(of_source, of_queue, of_priority)
group by "window";
