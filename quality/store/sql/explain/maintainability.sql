-- Python files by radon's maintainability index, lowest first.
select
    s.snapshot,
    s.path,
    round(p.mi_millionths / 1000000, 2) as mi,
    n.nloc,
    p.mi_millionths as millionths
from scope_facts as s
join python_files as p on p.measurement = s.measurement
join file_nloc as n on n.snapshot = s.snapshot and n.path = s.path
where s.analyzer = 'radon'
order by p.mi_millionths, s.snapshot, s.path
