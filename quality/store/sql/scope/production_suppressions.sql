-- production_suppressions: directives in production files.
create or replace temp view production_suppressions as
select
    s.snapshot,
    s.path,
    d.line,
    d.tool,
    d.text
from scope_facts as s
join suppressions as d on d.measurement = s.measurement
where s.analyzer = 'suppressions';
