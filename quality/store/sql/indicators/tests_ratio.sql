-- tests.ratio: NLOC of the test files, of the production files' NLOC.
create or replace temp macro tests_ratio() as table
select
    snapshot,
    coalesce(sum(nloc) filter (class = 'test'), 0) as numerator,
    coalesce(sum(nloc) filter (class = 'production'), 0) as denominator
from file_nloc
group by snapshot;
