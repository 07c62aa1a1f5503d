-- sig_ratings: what the model of 2007 rates in each snapshot, and how: five (++) to one (--).
-- Of a property's measures the worst counts. Reads sig_limits (property, measure, above, up_to,
-- scale, five, four, three, two, weight).
create or replace temp view sig_ratings as
with units as (
    select snapshot, 'complexity per unit' as property, ccn as number, nloc from production_functions
    union all
    select snapshot, 'unit size' as property, nloc as number, nloc from production_functions
),
measured as (
    select
        u.snapshot,
        l.property,
        l.measure,
        coalesce(sum(u.nloc) filter (u.number > l.above and (l.up_to is null or u.number <= l.up_to)), 0) as numerator,
        sum(u.nloc) as denominator
    from units as u
    join sig_limits as l using (property)
    group by u.snapshot, l.property, l.measure
    union all
    select d.snapshot, l.property, l.measure, d.numerator, d.denominator
    from duplicated_share(6, false) as d
    join sig_limits as l on l.property = 'duplication'
    union all
    select f.snapshot, l.property, l.measure, sum(f.nloc), 1
    from file_nloc as f
    join sig_limits as l on l.property = 'volume'
    where f.class = 'production'
    group by f.snapshot, l.property, l.measure
)
select
    m.*,
    l.weight,
    5
    - (m.numerator * l.scale > l.five * m.denominator)::integer
    - (m.numerator * l.scale > l.four * m.denominator)::integer
    - (m.numerator * l.scale > l.three * m.denominator)::integer
    - (m.numerator * l.scale > l.two * m.denominator)::integer as rating
from measured as m
join sig_limits as l using (property, measure)
where m.denominator > 0;
