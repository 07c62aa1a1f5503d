-- charged_functions(above): functions above the limit whose code the baseline does not have, less
-- those that were above it there, still have half of their lines and have not got worse. One that was
-- written anew under an old name is new.
-- Reads function_pasts (number, past, kept): which function of the baseline each other one was.
create or replace temp macro charged_functions(above) as table
select n.*, was.ccn as was_ccn, was.path as was_path, was.name as was_name
from compared_functions as n
left join function_pasts as p on p.number = n.number
left join compared_functions as was on was.number = p.past
where not n.old and not n.matched and not n.alike and n.ccn > above
    and (was.ccn is null or was.ccn <= above or was.ccn < n.ccn or not p.kept);
