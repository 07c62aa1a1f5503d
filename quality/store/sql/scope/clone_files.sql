-- clone_files: the production files whose lines are known, numbered in the order of their paths: millions
-- of windows are followed by these numbers. language: with its dialects, for a file that is renamed from
-- .js to .ts is a copy all the same.
create or replace temp table clone_files as
select
    row_number() over (order by snapshot, path) as file,
    snapshot,
    path,
    case
        when language in ('javascript', 'svelte', 'tsx', 'typescript', 'vue') then 'javascript'
        when language in ('cpp', 'objectivec') then 'cpp'
        when language in ('notebook', 'python') then 'python'
        else language
    end as language,
    measurement
from scope_facts
where analyzer = 'clones';
