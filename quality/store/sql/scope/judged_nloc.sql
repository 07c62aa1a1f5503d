-- judged_nloc: NLOC of the production code by language; judged: an error analyzer reads it.
-- Reads scope_parts (analyzer, languages, finds; no languages: all).
create or replace temp view judged_nloc as
select
    n.snapshot,
    n.language,
    sum(n.nloc) as nloc,
    bool_or(exists (
        select 1 from scope_parts as p
        where p.finds and (len(p.languages) = 0 or list_contains(p.languages, n.language))
    )) as judged
from file_nloc as n
where n.class = 'production'
group by n.snapshot, n.language;
