-- The gravest findings of each owner: errors before warnings, then by severity, weaknesses first.
-- Reads scope_owners (snapshot, owner).
select f.snapshot, f.path, f.line, f.kind, f.severity, f.cwe, f.rule, f.message
from production_findings as f
join scope_owners as o on o.snapshot = f.snapshot
qualify row_number() over (
    partition by o.owner
    order by
        f.kind, list_position(['critical', 'major', 'minor'], f.severity), not f.security,
        f.snapshot, f.path, f.line, f.rule
) <= $top
order by
    o.owner, f.kind, list_position(['critical', 'major', 'minor'], f.severity), not f.security,
    f.snapshot, f.path, f.line, f.rule
