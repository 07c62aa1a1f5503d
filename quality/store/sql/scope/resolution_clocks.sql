-- resolution_clocks: the clocks of the resolution, see ticket_clocks.
create or replace temp table resolution_clocks as
from ticket_clocks('resolution');
