-- radon's functions and methods above the limit, most complex first.
select snapshot, path, start_line as line, name as block, cc
from python_blocks
where cc > $above
order by cc desc, snapshot, path, start_line, name
