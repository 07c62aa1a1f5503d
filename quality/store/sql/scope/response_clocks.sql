-- response_clocks: the clocks of the first response, see ticket_clocks.
create or replace temp table response_clocks as
from ticket_clocks('first_response');
