-- python_blocks: radon's functions and methods in production files.
create or replace temp view python_blocks as
select
    s.snapshot,
    s.path,
    b.name,
    b.start_line,
    b.cc
from scope_facts as s
join blocks as b on b.measurement = s.measurement
where s.analyzer = 'radon';
