-- Functions of test files with a complexity above 20, the most complex first.
select
    s.snapshot,
    s.path,
    f.start_line as line,
    f.name || ': complexity ' || f.ccn as what
from scope_facts as s
semi join scope_pairs using (snapshot)
join functions as f on f.measurement = s.measurement
where s.analyzer = 'lizard' and s.class = 'test' and f.ccn > 20
order by f.ccn desc, s.snapshot, s.path, f.start_line, f.name
