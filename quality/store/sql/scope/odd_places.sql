-- odd_places(of_kind): where production files hold what is odd in one way, in the snapshots that are
-- judged. Reads scope_pairs (snapshot, before).
create or replace temp macro odd_places(of_kind) as table
select s.snapshot, s.path, o.line, o.text as what
from scope_facts as s
semi join scope_pairs using (snapshot)
join oddities as o on o.measurement = s.measurement
where s.analyzer = 'lizard' and s.class = 'production' and o.kind = of_kind;
