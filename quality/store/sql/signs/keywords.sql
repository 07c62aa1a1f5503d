-- Macros that are nothing but a keyword of control flow.
from odd_places('keywords')
order by snapshot, path, line, what
