-- Production files whose first lines claim that a tool wrote them.
select s.snapshot, s.path, min(c.line) as line, arg_min(c.text, c.line) as what
from scope_facts as s
semi join scope_pairs using (snapshot)
join claims as c on c.measurement = s.measurement
where s.analyzer = 'suppressions'
group by s.snapshot, s.path
order by s.snapshot, s.path
