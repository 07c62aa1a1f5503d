-- tickets.customer_wait_share: of the time in which tickets were not done, by their policies' calendars
-- and within the window, that in which the customer owed an answer.
create or replace temp macro tickets_customer_wait_share(of_source, of_queue, of_priority) as table
select
    "window",
    coalesce(sum(ran) filter (where waits), 0) as numerator,
    coalesce(sum(ran), 0) as denominator
from ticket_time(of_source, of_queue, of_priority)
group by "window";
