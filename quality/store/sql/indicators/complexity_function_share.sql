-- complexity.function_share: functions whose cyclomatic complexity is above the limit, of all functions.
-- For the risk profile of the scorecard.
create or replace temp macro complexity_function_share(above) as table
select snapshot, count(*) filter (ccn > above) as numerator, count(*) as denominator
from production_functions
group by snapshot;
