-- Production files that an analyzer could not measure, largest first.
select
    snapshot,
    path,
    size as bytes,
    analyzer,
    coalesce(reason, 'not measured yet') as reason,
    coalesce(cause, 'ours') as cause
from scope_facts
where class = 'production' and (measurement is null or reason is not null)
order by size desc, snapshot, path, analyzer
