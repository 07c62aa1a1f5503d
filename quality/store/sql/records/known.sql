-- How many versions of a source's records were known at each batch.
select source, batch, sum(changed) over (partition by source order by batch)::bigint as versions
from record_batches
