-- unseen.share: bytes of production files that can hold logic and no analyzer reads, links and
-- submodules among them, of all that can hold logic.
create or replace temp macro unseen_share() as table
select
    snapshot,
    coalesce(sum(bytes) filter (unseen), 0) as numerator,
    sum(bytes) as denominator
from code_files
group by snapshot;
