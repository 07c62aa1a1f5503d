-- What there is to repair and in how many minutes by Sonar's costs, dearest first.
select
    snapshot,
    path,
    line,
    what,
    number,
    minutes
from sonar_debts
order by minutes desc, snapshot, path, line, what
