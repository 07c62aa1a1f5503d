-- python.cc.block_share: radon's blocks whose complexity is above the limit, of all blocks.
create or replace temp macro python_cc_block_share(above) as table
select snapshot, count(*) filter (cc > above) as numerator, count(*) as denominator
from python_blocks
group by snapshot;
