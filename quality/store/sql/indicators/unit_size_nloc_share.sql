-- unit_size.nloc_share: NLOC of functions longer than the limit, of all functions' NLOC.
create or replace temp macro unit_size_nloc_share(above) as table
select
    snapshot,
    coalesce(sum(nloc) filter (nloc > above), 0) as numerator,
    sum(nloc) as denominator
from production_functions
group by snapshot;
