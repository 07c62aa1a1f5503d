-- new_errors: findings of the recipe's error rules that the baseline does not have.
create or replace temp view new_errors as
select * exclude (old, matched, kind)
from compared_findings
where not old and not matched and kind = 'error';
