-- python.mi.mean: radon's maintainability index, weighted by lizard's NLOC; in millionths until the end.
create or replace temp macro python_mi_mean() as table
select
    s.snapshot,
    sum(p.mi_millionths::hugeint * n.nloc) as numerator,
    sum(1000000::hugeint * n.nloc) as denominator
from scope_facts as s
join python_files as p on p.measurement = s.measurement
join file_nloc as n on n.snapshot = s.snapshot and n.path = s.path
where s.analyzer = 'radon'
group by s.snapshot;
