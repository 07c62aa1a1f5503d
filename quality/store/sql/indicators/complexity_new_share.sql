-- complexity.new_share: new code lines, prose apart, of functions that are above the limit and were not, or got
-- worse, of the new code lines of all functions. A function that was made of old lines only counts
-- as one line.
create or replace temp macro complexity_new_share(above) as table
with lines as (
    select function, count(*) as n
    from new_lines
    group by function
),
touched as (
    select
        f.snapshot,
        c.number is not null as charged,
        if(c.number is null, coalesce(l.n, 0), greatest(coalesce(l.n, 0), 1)) as n
    from compared_functions as f
    left join lines as l on l.function = f.number
    left join charged_functions(above) as c on c.number = f.number
    where not f.old and not f.matched and not f.alike
)
select
    snapshot,
    coalesce(sum(n) filter (charged), 0) as numerator,
    sum(n) as denominator
from touched
group by snapshot;
