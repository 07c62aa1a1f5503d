-- sonar_debts: what there is to repair in production files, and in how many minutes.
-- Reads sonar_costs (what, above, offset_minutes, each).
create or replace temp view sonar_debts as
select
    f.snapshot,
    f.path,
    f.start_line as line,
    c.what,
    f.cognitive as number,
    c.offset_minutes + c.each * (f.cognitive - c.above) as minutes
from production_functions as f
join sonar_costs as c on c.what = 'hard function'
where f.cognitive > c.above
union all
select
    b.snapshot,
    b.path,
    min(b.line) as line,
    c.what,
    count(*) as number,
    c.offset_minutes + c.each * count(*) as minutes
from duplicated_blocks(10, false) as b
join sonar_costs as c on c.what = 'duplicated file'
group by b.snapshot, b.path, c.what, c.offset_minutes, c.each
union all
select
    w.snapshot,
    w.path,
    w.line,
    c.what,
    1 as number,
    c.each as minutes
from production_findings as w
join sonar_costs as c on c.what = w.kind;
