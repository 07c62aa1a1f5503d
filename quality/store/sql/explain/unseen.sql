-- Production files that can hold logic and no analyzer reads, largest first, and why each counts.
select c.snapshot, c.path, c.bytes, c.what, u.why
from code_files as c
left join scope_unread as u on u.what = c.what
where c.unseen
order by c.bytes desc, c.snapshot, c.path
