-- complexity.max: largest cyclomatic complexity of a function.
create or replace temp macro complexity_max() as table
select snapshot, max(ccn) as numerator, 1 as denominator
from production_functions
group by snapshot;
