-- Production files that import a test file where nothing else answers to the name, and those with more
-- imports than are kept. A name that is not relative must be one from the root or from the file's
-- own folder, or have two parts or more: then it may stand anywhere. In Go a name is a module's, which
-- is known by the production folders that are imported with it, and a folder's behind it.
with imported as (
    select s.snapshot, s.path, i.line, i.up, i.target
    from scope_facts as s
    semi join scope_pairs using (snapshot)
    join imports as i on i.measurement = s.measurement
    where s.analyzer = 'lizard' and s.class = 'production'
),
code as (
    select
        f.snapshot,
        f.path,
        f.class,
        case
            when f.language in ('javascript', 'svelte', 'tsx', 'typescript', 'vue') then 'script'
            when f.language in ('java', 'kotlin', 'scala') then 'jvm'
            when f.language in ('notebook', 'python', 'stub') then 'python'
            else f.language
        end as family,
        list_slice(string_split(f.path, '/'), 1, -2) as folder,
        regexp_replace(f.path, '\.[^./]*$', '') as stem
    from scope_files as f
    semi join imported using (snapshot)
),
called as (  -- each file by all that an import may call it
    select snapshot, path, class, family, unnest([path, stem]) as key from code
    where family is distinct from 'go'
    union
    select snapshot, path, class, family, array_to_string(folder, '/') from code
    where family = 'go' or regexp_matches(stem, '(^|/)(__init__|index)$')
),
named as (
    select
        *,
        regexp_extract(key, '[^/]*$') as last,
        regexp_extract(key, '[^/]*/[^/]*$') as tail
    from called
    where key != ''
),
asked as (
    select
        row_number() over (order by i.snapshot, i.path, i.line, i.up, i.target) as ask,
        i.*,
        c.family,
        c.folder,
        regexp_extract(i.target, '^[^/]*') as first,
        regexp_extract(i.target, '[^/]*/[^/]*$') as tail
    from imported as i
    join code as c on c.snapshot = i.snapshot and c.path = i.path
),
modules as (  -- of Go
    select distinct a.snapshot, left(a.target, length(a.target) - length(n.key) - 1) as module
    from asked as a
    join named as n
        on n.snapshot = a.snapshot and n.family = a.family
        and n.last = regexp_extract(a.target, '[^/]*$') and ends_with(a.target, '/' || n.key)
    where a.family = 'go' and n.class = 'production'
),
exact as (  -- what a file that answers is called in full
    select
        ask,
        snapshot,
        array_to_string(list_append(list_slice(folder, 1, len(folder) - up), target), '/') as key
    from asked
    where up <= len(folder)
    union
    select ask, snapshot, unnest([target, array_to_string(list_append(folder, target), '/')])
    from asked
    where up is null and family != 'go'
    union
    select a.ask, a.snapshot, substr(a.target, length(m.module) + 2)
    from asked as a
    join modules as m on m.snapshot = a.snapshot and starts_with(a.target, m.module || '/')
    where a.family = 'go'
),
answers as (
    select e.ask, n.path, n.class, n.family, n.key
    from exact as e
    join named as n on n.snapshot = e.snapshot and n.key = e.key
    union
    select a.ask, n.path, n.class, n.family, n.key
    from asked as a
    join named as n
        on n.snapshot = a.snapshot and n.tail = a.tail
        and ends_with('/' || n.key, '/' || a.target)
    where a.up is null and a.family != 'go' and a.tail != ''
),
others as (select distinct ask from answers where class != 'test'),
tests as (
    select a.*, t.path as test, t.key
    from asked as a
    join answers as t on t.ask = a.ask and t.class = 'test' and t.family = a.family
    anti join others on others.ask = a.ask
),
packages as (  -- of Python: other code that answers to the first part of a name
    select t.ask, n.key
    from (select distinct ask, snapshot, family, first from tests where up is null) as t
    join named as n on n.snapshot = t.snapshot and n.family = t.family and n.last = t.first
    where n.class != 'test' and n.family = 'python'
),
inside as (  -- of Python: names that would begin in the middle of a package
    select t.ask, t.key
    from tests as t
    join named as n
        on n.snapshot = t.snapshot and n.family = t.family
        and n.key = left(t.key, length(t.key) - length(t.target) - 1)
    where t.up is null and t.family = 'python'
)
select
    t.snapshot,
    t.path,
    t.line,
    'imports the test file ' || first(t.test order by length(t.target) desc, t.test) as what
from tests as t
anti join inside as i on i.ask = t.ask and i.key = t.key
where t.ask not in (select ask from packages)
    or exists (
        select 1 from packages as p where p.ask = t.ask and starts_with(t.key, p.key || '/')
    )
group by t.snapshot, t.path, t.line
union all
select snapshot, path, line, 'more imports than are kept' from asked where target = ''
order by 1, 2, 3
