-- clock_parts: what became of the clocks that are judged in each window, and what is odd about their
-- tickets.
create or replace temp macro clock_parts(of_clocks, of_source, of_policy, of_queue, of_priority) as table
with judged as (
    from judged_clocks(of_clocks, of_source, of_policy, of_queue, of_priority)
)
select "window", part, count(*) as much
from (
    select "window", case when not missed then 'in time' when ended is null then 'missed, and still open'
        else 'missed' end as part
    from judged
    union all
    select "window", 'of these no longer at the source' from judged where gone
    union all
    select "window", 'of these dated anew' from judged where redated
    union all
    select "window", 'of these opened by the supplier' from judged where by_agent
)
group by "window", part;
