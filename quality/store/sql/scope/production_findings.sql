-- production_findings: distinct (file, line, rule) of the recipe's rules; hidden: a directive would
-- have hidden it. Accepted debt is left out.
-- Reads recipe_rules (analyzer, rule, severity, security) and scope_debts.
create or replace temp view production_findings as
select
    s.snapshot,
    s.path,
    s.language,
    s.analyzer,
    f.line,
    f.rule,
    r.severity,                    -- error, warning
    r.security,                    -- its weakness is on the security list
    bool_or(f.hidden) as hidden,
    min(f.message) as message
from scope_facts as s
join findings as f on f.measurement = s.measurement
join recipe_rules as r on r.analyzer = s.analyzer and r.rule = f.rule
anti join scope_debts as d
    on d.contract = s.contract and d.path = s.path and d.rule = f.rule
where s.class = 'production'
group by all;
