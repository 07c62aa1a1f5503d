-- found_parts: what became of the defects that were found in each window.
create or replace temp macro found_parts(of_source, of_severity) as table
select "window", part, sum(much) as much
from (
    select
        "window",
        case when apart = '' then 'counted' else apart || ', left out' end as part,
        1 as much
    from found_defects(of_source, of_severity)
    union all
    select "window", 'of these found after delivery', 1
    from found_defects(of_source, of_severity)
    where apart = '' and escaped
)
group by "window", part;
