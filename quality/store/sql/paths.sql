-- The files that have a class, by the number of the patterns that say which.
select distinct s.contract, f.path
from scope_snapshots as s
join files as f on f."commit" = s."commit"
where f.language is not null or f.unread is not null or f.kind != 'file'
