-- Functions with many comparisons that no branch shows.
select s.snapshot, s.path, o.line, o.text as what
from scope_facts as s
semi join scope_pairs using (snapshot)
join oddities as o on o.measurement = s.measurement
where s.analyzer = 'lizard' and s.class = 'production' and o.kind = 'choices'
order by s.snapshot, s.path, o.line, o.text
