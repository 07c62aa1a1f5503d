-- closure_clocks: the clocks of the closure, see ticket_clocks.
create or replace temp table closure_clocks as
from ticket_clocks('closure');
