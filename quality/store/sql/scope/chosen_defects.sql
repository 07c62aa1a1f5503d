-- chosen_defects: the defects of a severity and graver ones, of a source.
create or replace temp macro chosen_defects(of_source, of_severity) as table
select d.*
from standing_defects as d
where (of_source is null or d.source = of_source)
    and (
        of_severity is null
        or d.ranked <= (
            select g.rank from scope_severities as g
            where g.view = d.view and lower(g.severity) = lower(of_severity)
        )
    );
