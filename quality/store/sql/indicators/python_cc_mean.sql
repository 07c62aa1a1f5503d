-- python.cc.mean: radon's mean cyclomatic complexity of the blocks.
create or replace temp macro python_cc_mean() as table
select snapshot, sum(cc) as numerator, count(*) as denominator
from python_blocks
group by snapshot;
