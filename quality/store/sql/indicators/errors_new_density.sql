-- errors.new_density: findings of the recipe's error rules that the baseline does not have, of the
-- code lines that it does not have, prose apart. A line with such a finding is one of them, whatever
-- it looks like.
-- lang null: all languages that an error analyzer reads.
create or replace temp macro errors_new_density(lang) as table
with found as (
    select snapshot, path, line
    from new_errors
    where lang is null or language = lang
),
changed as (
    select l.snapshot, l.path, l.line
    from new_lines as l
    where (lang is null or l.language = lang)
        and exists (
            select 1 from scope_parts as p
            where p.finds and (len(p.languages) = 0 or list_contains(p.languages, l.language))
        )
    union
    select snapshot, path, line from found
)
select
    b.snapshot,
    (select count(*) from found as f where f.snapshot = b.snapshot) as numerator,
    (select count(*) from changed as c where c.snapshot = b.snapshot) as denominator
from scope_baselines as b;
