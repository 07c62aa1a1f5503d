-- service_seconds: every agreed second of a service in each window (inside) and before it in one
-- state: up, down, missed (nobody knows), or left out, as maintenance, by its cause, or excused.
-- failed: whether it was down, agreed or not, counted or not.
create or replace temp table service_seconds as
with judged as (
    select
        l.window,
        s.most,
        l.begins,
        l.ends,
        l.agreed,
        l.inside,
        l.out or l.caused or l.down or (l.maintenance and not p.probed) as failed,
        p.probed and not l.up and not l.down as unsaid,
        case
            when l.excused then 'excused'
            when l.planned and l.maintenance and l.announced then 'maintenance'
            when l.caused and not l.out then 'caused'
            else ''
        end as apart
    from service_layered as l
    join scope_services as s on s.window = l.window
    join (
        select w.window, bool_or(coalesce(c.kind = 'probes', false)) as probed
        from scope_services as w
        left join scope_cuts as c on c.view = w.view and (w.source is null or c.name = w.source)
        group by w.window
    ) as p on p.window = l.window
    where l.ends > l.begins
),
bounded as (
    select
        *,
        case
            when apart != 'maintenance' or most is null or not inside then ends
            else greatest(begins, least(ends, begins + most - coalesce(sum(ends - begins) filter (
                where apart = 'maintenance' and inside and agreed and (failed or unsaid)
            ) over (
                partition by "window" order by begins
                rows between unbounded preceding and 1 preceding
            ), 0)))
        end as apart_until
    from judged
),
pieces as (
    select "window", begins, apart_until as ends, agreed, inside, failed, unsaid, apart from bounded
    union all
    select "window", apart_until, ends, agreed, inside, failed, unsaid, '' from bounded
)
select
    "window",
    begins,
    ends,
    inside,
    failed,
    case
        when not agreed then 'outside'
        when not failed and not unsaid then 'up'
        when apart != '' then apart
        when failed then 'down'
        else 'missed'
    end as state
from pieces
where ends > begins;
