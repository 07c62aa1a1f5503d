-- clock_weeks: how many clocks of a kind were due in each week of a window, in time and missed; a week
-- is seven days of 24 hours from the window's begin on.
create or replace temp macro clock_weeks(of_clocks, of_source, of_policy, of_queue, of_priority) as table
select
    j.window,
    (j.due - w.begins) // 604800 as week,
    count(*) filter (not j.missed) as in_time,
    count(*) filter (j.missed) as missed
from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority) as j
join scope_windows as w on w.window = j.window
group by all;
