-- production_functions: the functions of production files, as lizard sees them.
create or replace temp table production_functions as
select
    s.snapshot,
    s.path,
    f.name,
    f.start_line,
    f.nloc,
    f.ccn,
    f.parameters,
    f.nesting
from scope_facts as s
join functions as f on f.measurement = s.measurement
where s.analyzer = 'lizard' and s.class = 'production';
