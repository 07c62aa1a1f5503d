-- fixed_defects: the defects that were done or opened again in each window, whether they stayed done,
-- and the seconds from report to the last time that they were. A dismissed one was not fixed.
create or replace temp macro fixed_defects(of_source, of_severity) as table
select u.window, d.*, u.fixed - d.found as seconds, u.stayed, u.reopened
from (
    select
        w.window,
        t.view,
        t.version,
        max(t.moment) filter (where t.done) as fixed,
        arg_max(t.done, t.moment) as stayed,
        coalesce(bool_or(not t.done) filter (where t.moment >= w.begins), false) as reopened
    from scope_windows as w
    join defect_turns as t on t.view = w.view and t.moment < w.ends
    group by w.window, t.view, t.version
    having max(t.moment) >= any_value(w.begins)
) as u
join chosen_defects(of_source, of_severity) as d on d.view = u.view and d.version = u.version
where d.apart = '' and not d.dismissed;
