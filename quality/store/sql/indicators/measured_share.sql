-- measured.share: bytes of production files that every applicable analyzer measured, of all.
-- languages (comma-separated, null: all): only files in these.
create or replace temp macro measured_share(languages := null) as table
select
    snapshot,
    coalesce(sum(size) filter (measured), 0) as numerator,
    sum(size) as denominator
from measured_files
where languages is null or list_contains(string_split(languages, ','), language)
group by snapshot;
