-- file_nloc: NLOC of each production and test file that lizard measured.
create or replace temp view file_nloc as
select
    s.snapshot,
    s.path,
    s.class,
    s.language,
    n.nloc
from scope_facts as s
join file_sizes as n on n.measurement = s.measurement
where s.analyzer = 'lizard';
