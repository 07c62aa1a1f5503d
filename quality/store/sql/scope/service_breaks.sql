-- service_breaks: the outages of a service: what is down without a stop, or with stops shorter than
-- agreed, is one. counted: its counted seconds up to the window's end, since: the first of them,
-- until: the end of the last; begins, ends: of the whole, lasts: it is down when the window ends.
create or replace temp table service_breaks as
with gaps as (
    select
        d.*,
        s.same_outage,
        d.begins - lag(d.ends) over (partition by d.window order by d.begins) as gap
    from service_seconds as d
    join scope_services as s on s.window = d.window
    where d.failed
),
numbered as (
    select
        *,
        count(*) filter (where gap is null or (gap > 0 and gap >= same_outage)) over (
            partition by "window" order by begins rows between unbounded preceding and current row
        ) as number
    from gaps
)
select
    n.window,
    n.number,
    min(n.begins) as begins,
    max(n.ends) as ends,
    min(n.begins) filter (where n.state = 'down') as since,
    max(n.ends) filter (where n.state = 'down') as until,
    sum(n.ends - n.begins) filter (where n.state = 'down') as counted,
    coalesce(sum(n.ends - n.begins) filter (where n.state = 'down' and n.inside), 0) as inside,
    min(n.begins) filter (where n.state = 'down') >= any_value(w.begins) as begun,
    max(n.ends) >= any_value(w.ends) as lasts,
    max(n.ends) >= any_value(w.begins) and max(n.ends) < any_value(w.ends) as ended
from numbered as n
join scope_windows as w on w.window = n.window
group by n.window, n.number
having count(*) filter (where n.state = 'down') > 0;
