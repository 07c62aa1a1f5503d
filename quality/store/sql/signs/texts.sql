-- Production files whose strings hold code that branches.
select s.snapshot, s.path, o.line, o.text as what
from scope_facts as s
semi join scope_pairs using (snapshot)
join oddities as o on o.measurement = s.measurement
where s.analyzer = 'lizard' and s.class = 'production' and o.kind = 'texts'
order by s.snapshot, s.path, o.line, o.text
