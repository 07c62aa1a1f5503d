"""The gate rules that hold each new or changed function to a limit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from quality.contract.gate_rules import GateRule
from quality.gate.comparison import Comparison
from quality.gate.new import NewFunction, new_functions
from quality.gate.results import RuleResult
from quality.model.facts import Function
from quality.model.gate import GateHit

Number = Callable[[Function], int]


def at_most(of: Number) -> Callable[[GateRule, Comparison], RuleResult]:
    """The judge of function.*: what ``of`` says of each new and changed function."""

    def judge(rule: GateRule, comparison: Comparison) -> RuleResult:
        limit = int(rule.at_most or 0)
        hits, top = list[GateHit](), list[int]()
        for each in comparison.change.production:
            sides = (each.head, each.base)
            head, base = (comparison.facts.rows(side, "lizard", Function) for side in sides)
            for new in new_functions(head, base):
                number = of(new.function)
                top.append(number)
                if number > limit:
                    hits.append(_hit(rule, each.head.path, new, of))
        hits.sort(key=lambda hit: (-(hit.number or 0), hit.path, hit.line))
        value = Decimal(max(top)) if top else None
        reason = "" if top else "no function is new or changed"
        return RuleResult(value, bool(hits), tuple(hits), reason)

    return judge


def _hit(rule: GateRule, path: str, new: NewFunction, of: Number) -> GateHit:
    function, number = new.function, of(new.function)
    since = "new function"
    if new.before is not None:
        was = of(new.before)
        since = f"changed, was {was} in the base" if was != number else "changed, as in the base"
    name, lines = function.name, (function.start_line, function.end_line)
    text, limit = f"{name}: {number} {rule.kind.unit} ({since})", int(rule.at_most or 0)
    return GateHit(path, *lines, rule.rule, name, text, name, number, limit)
