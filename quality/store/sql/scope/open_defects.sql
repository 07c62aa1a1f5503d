-- open_defects: the defects that are open at the end of each window, and their age in seconds.
create or replace temp macro open_defects(of_source, of_severity) as table
select w.window, d.*, w.ends - d.found as age
from scope_windows as w
join chosen_defects(of_source, of_severity) as d on d.view = w.view and d.found < w.ends
left join (
    select e.window, t.version, arg_max(t.done, t.moment) as done
    from scope_windows as e
    join defect_turns as t on t.view = e.view and t.moment < e.ends
    group by e.window, t.version
) as u on u.window = w.window and u.version = d.version
where d.apart in ('', 'undecided') and not coalesce(u.done, false);
