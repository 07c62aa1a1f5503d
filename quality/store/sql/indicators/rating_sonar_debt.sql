-- rating.sonar_debt: minutes of repair, of the minutes that writing the production code costs.
create or replace temp macro rating_sonar_debt() as table
with debts as (
    select snapshot, sum(minutes) as minutes
    from sonar_debts
    group by snapshot
)
select
    f.snapshot,
    coalesce(any_value(d.minutes), 0) as numerator,
    sum(f.nloc) * any_value(c.each) as denominator
from file_nloc as f
join sonar_costs as c on c.what = 'line'
left join debts as d on d.snapshot = f.snapshot
where f.class = 'production'
group by f.snapshot;
