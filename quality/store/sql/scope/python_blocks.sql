-- python_blocks: radon's functions and methods in production files, less accepted debt.
create or replace temp view python_blocks as
select
    s.snapshot,
    s.path,
    b.name,
    b.start_line,
    b.cc
from scope_facts as s
join blocks as b on b.measurement = s.measurement
anti join scope_debts as d
    on d.contract = s.contract and d.path = s.path and d.function != ''
    and (d.function = b.name or ends_with(b.name, '.' || d.function))  -- radon adds the class
where s.analyzer = 'radon';
