-- cognitive.nloc_share: NLOC of functions whose cognitive complexity is above the limit, of the NLOC of all functions that have one.
create or replace temp macro cognitive_nloc_share(above) as table
select
    snapshot,
    coalesce(sum(nloc) filter (cognitive > above), 0) as numerator,
    sum(nloc) as denominator
from production_functions
where cognitive is not null
group by snapshot;
