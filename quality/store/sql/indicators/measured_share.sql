-- measured.share: bytes of production files that every applicable analyzer measured, of all.
create or replace temp macro measured_share() as table
select
    snapshot,
    coalesce(sum(size) filter (measured), 0) as numerator,
    sum(size) as denominator
from measured_files
group by snapshot;
