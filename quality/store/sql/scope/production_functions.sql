-- production_functions: the functions of production files, lizard's and those that only their
-- syntax tree shows, less accepted debt.
-- Reads scope_debts (contract, path, rule, function).
create or replace temp view production_functions as
select
    s.snapshot,
    s.path,
    f.name,
    f.start_line,
    f.end_line,
    f.nloc,
    f.tokens,
    f.ccn,
    f.parameters,
    f.nesting,
    f.cognitive,
    f.reader,
    f.body
from scope_facts as s
join functions as f on f.measurement = s.measurement
anti join scope_debts as d
    on d.contract = s.contract and d.path = s.path and d.function = f.name and d.function != ''
where s.analyzer = 'lizard' and s.class = 'production';
