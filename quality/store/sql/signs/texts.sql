-- Production files whose strings hold code that branches.
from odd_places('texts')
order by snapshot, path, line, what
