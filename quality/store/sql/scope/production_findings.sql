-- production_findings: distinct (file, line, rule) of the recipe's rules; hidden: a directive would
-- have hidden it. Accepted debt is left out, and so is what a rule says of files that it does not
-- judge, or of a defect that another rule reports on the same line.
-- Reads recipe_rules (analyzer, rule, kind, severity, cwe, security, unless, yields) and scope_debts.
create or replace temp view production_findings as
with found as (
    select
        s.snapshot,
        s.contract,
        s.path,
        s.language,
        s.analyzer,
        f.line,
        f.rule,
        r.kind,                    -- error, warning
        r.severity,                -- critical, major, minor
        r.cwe,                     -- the weakness, null where the rule has none
        r.security,                -- its weakness is on the security list
        r.yields,
        bool_or(f.hidden) as hidden,
        min(f.message) as message,
        min(f.context) as context  -- digest of the line's code
    from scope_facts as s
    join findings as f on f.measurement = s.measurement
    join recipe_rules as r on r.analyzer = s.analyzer and r.rule = f.rule
    where s.class = 'production'
        and not list_contains(r.unless, regexp_extract(s.path, '[^/]*$'))
    group by all
)
select f.* exclude (contract, yields)
from found as f
anti join found as other
    on other.snapshot = f.snapshot and other.path = f.path and other.line = f.line
    and list_contains(f.yields, other.rule)
anti join scope_debts as d
    on d.contract = f.contract and d.path = f.path and d.rule = f.rule
