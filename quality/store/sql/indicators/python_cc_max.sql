-- python.cc.max: radon's largest cyclomatic complexity of a block.
create or replace temp macro python_cc_max() as table
select snapshot, max(cc) as numerator, 1 as denominator
from python_blocks
group by snapshot;
