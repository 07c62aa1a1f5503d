-- The open defects by severity and age, the gravest first: up to 7 days, 30, 90, and more.
select
    d.window,
    coalesce(lower(any_value(g.severity)), '') as severity,
    count(*) filter (where d.age <= 7 * 86400) as week,
    count(*) filter (where d.age > 7 * 86400 and d.age <= 30 * 86400) as month,
    count(*) filter (where d.age > 30 * 86400 and d.age <= 90 * 86400) as quarter,
    count(*) filter (where d.age > 90 * 86400) as older
from open_defects($source, $severity) as d
left join scope_severities as g on g.view = d.view and g.rank = d.ranked
group by d.window, d.ranked
order by d.window, d.ranked
