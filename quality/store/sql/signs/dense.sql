-- Functions of at least 150 tokens with more than 30 tokens a line, the longest first.
select
    snapshot,
    path,
    start_line as line,
    name || ': ' || tokens || ' tokens on ' || nloc
        || case when nloc = 1 then ' line' else ' lines' end as what
from production_functions
semi join scope_pairs using (snapshot)
where tokens >= 150 and tokens > 30 * nloc
order by tokens desc, snapshot, path, start_line, name
