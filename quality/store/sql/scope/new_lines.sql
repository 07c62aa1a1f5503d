-- new_lines: code lines that the baseline does not have, prose apart: the new code of every share and
-- density.
create or replace temp view new_lines as
select * exclude (old, fresh, prose)
from compared_lines
where not old and fresh and not prose;
