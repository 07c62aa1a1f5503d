-- rating.sig_2007: the mean of the properties' ratings by the weights of the model. Where a property has
-- nothing to rate, there is none.
create or replace temp macro rating_sig_2007() as table
with properties as (
    select snapshot, property, min(rating) as rating, any_value(weight) as weight
    from sig_ratings
    group by snapshot, property
)
select
    snapshot,
    sum(weight * rating) as numerator,
    sum(weight) as denominator
from properties
group by snapshot
having count(*) = (select count(distinct property) from sig_limits);
