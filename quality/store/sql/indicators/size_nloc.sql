-- size.nloc: NLOC of the production files.
create or replace temp macro size_nloc() as table
select snapshot, sum(nloc) as numerator, 1 as denominator
from file_nloc
where class = 'production'
group by snapshot;
