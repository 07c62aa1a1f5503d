-- service_layered: a service's time in each window and before it, cut wherever a layer begins or
-- ends, and which layers lie over each piece.
create or replace temp view service_layered as
with edges as (
    select "window", layer, begins as moment, 1 as step from service_layers
    union all
    select "window", layer, ends, -1 from service_layers
),
steps as (
    select
        "window",
        moment,
        coalesce(sum(step) filter (where layer = 'window'), 0) as inside,
        coalesce(sum(step) filter (where layer = 'agreed'), 0) as agreed,
        coalesce(sum(step) filter (where layer = 'planned'), 0) as planned,
        coalesce(sum(step) filter (where layer = 'maintenance'), 0) as maintenance,
        coalesce(sum(step) filter (where layer = 'announced'), 0) as announced,
        coalesce(sum(step) filter (where layer = 'out'), 0) as out,
        coalesce(sum(step) filter (where layer = 'caused'), 0) as caused,
        coalesce(sum(step) filter (where layer = 'up'), 0) as up,
        coalesce(sum(step) filter (where layer = 'down'), 0) as down,
        coalesce(sum(step) filter (where layer = 'excused'), 0) as excused
    from edges
    group by "window", moment
)
select
    "window",
    moment as begins,
    lead(moment) over whole as ends,
    sum(inside) over so_far > 0 as inside,
    sum(agreed) over so_far > 0 as agreed,
    sum(planned) over so_far > 0 as planned,
    sum(maintenance) over so_far > 0 as maintenance,
    sum(announced) over so_far > 0 as announced,
    sum(out) over so_far > 0 as out,
    sum(caused) over so_far > 0 as caused,
    sum(up) over so_far > 0 as up,
    sum(down) over so_far > 0 as down,
    sum(excused) over so_far > 0 as excused
from steps
window
    whole as (partition by "window" order by moment),
    so_far as (partition by "window" order by moment
               rows between unbounded preceding and current row);
