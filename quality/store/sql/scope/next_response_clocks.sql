-- next_response_clocks: the clocks of the next response, see ticket_clocks.
create or replace temp table next_response_clocks as
from ticket_clocks('next_response');
