-- NLOC of the production code by language and suffix, of which the language of a system follows.
select
    snapshot,
    language,
    lower(regexp_extract(path, '\.[^./]*$')) as suffix,
    sum(nloc) as nloc
from file_nloc
where class = 'production'
group by all
