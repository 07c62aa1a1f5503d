-- Files of each snapshot that some analyzer must measure and nobody has yet.
select snapshot, count(distinct path) as files
from scope_facts
where measurement is null
group by snapshot
