-- Macros that are nothing but a keyword of control flow.
select s.snapshot, s.path, o.line, o.text as what
from scope_facts as s
semi join scope_pairs using (snapshot)
join oddities as o on o.measurement = s.measurement
where s.analyzer = 'lizard' and s.class = 'production' and o.kind = 'keywords'
order by s.snapshot, s.path, o.line, o.text
