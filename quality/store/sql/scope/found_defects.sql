-- found_defects: the defects that were found in each window, with why one does not count.
create or replace temp macro found_defects(of_source, of_severity) as table
select w.window, d.*
from scope_windows as w
join chosen_defects(of_source, of_severity) as d
    on d.view = w.view and d.found >= w.begins and d.found < w.ends;
