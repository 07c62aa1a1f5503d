-- source_lines: code lines of production files, one by one. prose: the line holds nothing but text, as
-- docstrings and the inside of long strings do: its shape is that of a lone literal, or it says nothing
-- and the last line before it that said something was such a one.
create or replace temp view source_lines as
with lines as (
    select
        s.snapshot,
        s.path,
        s.language,
        unnest(range(1, len(c.hashes) + 1)) as position,  -- 1-based, as in duplicates
        unnest(c.numbers) as line,
        unnest(c.hashes) as hash
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones'
),
shapes as (
    select
        s.snapshot,
        s.path,
        unnest(c.shape_numbers) as line,
        unnest(c.shapes) as shape
    from scope_facts as s
    join code_lines as c on c.measurement = s.measurement
    where s.analyzer = 'clones'
)
select
    l.*,
    coalesce(s.shape = 9523843951405948789, false) as prose  -- digest of the shape of a literal
from lines as l
asof left join shapes as s
    on s.snapshot = l.snapshot and s.path = l.path and s.line <= l.line;
