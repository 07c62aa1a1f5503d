-- unreadable.share: bytes of production files that cannot be read as they were delivered, of all.
-- For the cause of a measured share that is too small. languages: as measured.share has it.
create or replace temp macro unreadable_share(languages := null) as table
select
    snapshot,
    coalesce(sum(size) filter (unreadable), 0) as numerator,
    sum(size) as denominator
from measured_files
where languages is null or list_contains(string_split(languages, ','), language)
group by snapshot;
