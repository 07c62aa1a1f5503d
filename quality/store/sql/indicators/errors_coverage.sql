-- errors.coverage: NLOC in languages that an error analyzer reads, of all production code.
create or replace temp macro errors_coverage() as table
select
    snapshot,
    coalesce(sum(nloc) filter (judged), 0) as numerator,
    sum(nloc) as denominator
from judged_nloc
group by snapshot;
