-- What the model of 2007 rates, worst first.
select
    snapshot,
    property,
    measure,
    numerator,
    denominator,
    rating,
    weight
from sig_ratings
order by rating, weight desc, property, measure, snapshot
