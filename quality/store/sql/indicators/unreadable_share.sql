-- unreadable.share: bytes of production files that cannot be read as they were delivered, of all.
-- For the cause of a measured share that is too small.
create or replace temp macro unreadable_share() as table
select
    snapshot,
    coalesce(sum(size) filter (unreadable), 0) as numerator,
    sum(size) as denominator
from measured_files
group by snapshot;
