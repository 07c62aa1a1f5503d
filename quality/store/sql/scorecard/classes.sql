-- How the files of each snapshot divide.
select snapshot, class, count(*) as files, sum(size) as bytes
from scope_files
group by snapshot, class
