-- Functions with many comparisons that no branch shows.
from odd_places('choices')
order by snapshot, path, line, what
