-- The records of $source that were here and that the reading in hand did not list.
select id, arg_max(title, version) as title
from record_versions
where source = $source and id not in (select id from seen)
group by id
having not arg_max(gone, version)
order by id
