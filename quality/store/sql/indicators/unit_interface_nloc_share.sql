-- unit_interface.nloc_share: NLOC of functions with more parameters than the limit, of all functions' NLOC.
create or replace temp macro unit_interface_nloc_share(above) as table
select
    snapshot,
    coalesce(sum(nloc) filter (parameters > above), 0) as numerator,
    sum(nloc) as denominator
from production_functions
group by snapshot;
