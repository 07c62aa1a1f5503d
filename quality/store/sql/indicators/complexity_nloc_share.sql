-- complexity.nloc_share: NLOC of functions whose cyclomatic complexity is above the limit, of all functions' NLOC.
create or replace temp macro complexity_nloc_share(above) as table
select
    snapshot,
    coalesce(sum(nloc) filter (ccn > above), 0) as numerator,
    sum(nloc) as denominator
from production_functions
group by snapshot;
