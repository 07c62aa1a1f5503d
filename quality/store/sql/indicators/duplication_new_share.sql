-- duplication.new_share: code lines, prose apart, that the baseline does not have inside a window of so many that
-- stands at two or more places, of all code lines that it does not have.
create or replace temp macro duplication_new_share(lines) as table
with covered as (
    from duplicated_lines(lines, false, judged := (select max(snapshot) + 1 from scope_baselines))
)
select
    f.snapshot,
    count(c.position) as numerator,
    count(*) as denominator
from new_lines as f
left join covered as c
    on c.snapshot = f.snapshot and c.path = f.path and c.position = f.position
group by f.snapshot;
