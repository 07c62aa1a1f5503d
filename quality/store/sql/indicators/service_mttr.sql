-- service.mttr: counted seconds of the outages that ended in each window, of these outages; where none
-- did, nothing took any time.
create or replace temp macro service_mttr(of_service, of_source) as table
select
    a.window,
    coalesce(sum(b.counted) filter (where b.ended), 0) as numerator,
    greatest(count(*) filter (where b.ended), 1) as denominator
from asked_windows(of_service, of_source) as a
left join service_breaks as b on b.window = a.window
group by a.window;
