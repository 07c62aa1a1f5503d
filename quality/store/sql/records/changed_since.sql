-- Of the records of $source that were known at $batch: how many say something else since, and how
-- many are gone.
with known as (
    select
        id,
        arg_max(digest, version) filter (where batch <= $batch) as digest_then,
        arg_max(digest, version) as digest_now,
        arg_max(gone, version) filter (where batch <= $batch) as gone_then,
        arg_max(gone, version) as gone_now
    from record_versions
    where source = $source
    group by id
    having min(batch) <= $batch and max(batch) > $batch
)
select
    count(*) filter (where digest_now != digest_then and not gone_now) as changed,
    count(*) filter (where gone_now and not gone_then) as gone
from known
