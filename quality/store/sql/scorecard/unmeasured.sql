-- What an analyzer could not measure in production files, and why.
select snapshot, path, analyzer, reason, cause
from scope_facts
where class = 'production' and reason is not null
order by snapshot, path, analyzer
