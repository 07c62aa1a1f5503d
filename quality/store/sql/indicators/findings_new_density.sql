-- findings.new_density: findings that reports declare and the reports on the baseline do not, of the
-- code lines that it does not have, prose apart. A line with such a finding is one of them.
create or replace temp macro findings_new_density(origin, maker, grade, named, weakness) as table
with found as (
    select snapshot, path, line from new_declared(origin, maker, grade, named, weakness)
),
changed as (
    select snapshot, path, line from new_lines
    union
    select snapshot, path, line from found
)
select
    b.snapshot,
    (select count(*) from found as f where f.snapshot = b.snapshot) as numerator,
    (select count(*) from changed as c where c.snapshot = b.snapshot) as denominator
from scope_baselines as b;
