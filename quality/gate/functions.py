"""The gate rules that hold new functions to a limit, and let touched ones not get worse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from quality.contract.sections.gate_rules import GateRule
from quality.gate.comparison import Comparison
from quality.gate.pairs import Touched
from quality.gate.results import RuleResult
from quality.model.facts import Function
from quality.model.gate import GateHit

Number = Callable[[Function], int]


def at_most(of: Number) -> Callable[[GateRule, Comparison], RuleResult]:
    """The judge of function.*: what ``of`` says of each new and touched function. One that was
    over the limit in the base is held to what it was there, unless ``touched`` says otherwise."""

    def judge(rule: GateRule, comparison: Comparison) -> RuleResult:
        hits, top = list[GateHit](), list[int]()
        for each in comparison.functions:
            if each.now is None:
                continue
            number = of(each.now.function)
            limit = _limit(rule, each, of)
            if number > limit or limit == rule.at_most:
                top.append(number)
            if number > (rule.at_most or 0):
                hits.append(_hit(rule, each, of, limit))
        hits.sort(key=lambda hit: (not hit.new, -(hit.number or 0), hit.path, hit.line))
        value = Decimal(max(top)) if top else None
        failed = any(hit.new for hit in hits)
        return RuleResult(value, failed, tuple(hits), _reason(comparison, hits))

    return judge


def _limit(rule: GateRule, each: Touched, of: Number) -> int:
    """What a function is held to."""
    limit = int(rule.at_most or 0)
    if each.before is None or rule.touched == "limit":
        return limit
    return max(limit, of(each.before.function))


def _reason(comparison: Comparison, hits: list[GateHit]) -> str:
    if not any(each.now for each in comparison.functions):
        return "no function is new or touched"
    old = sum(not hit.new for hit in hits)
    if not old:
        return ""
    one = old == 1
    was = "touched function was" if one else "touched functions were"
    return f"{old} {was} over it in the base and {'has' if one else 'have'} not got worse"


def _hit(rule: GateRule, each: Touched, of: Number, limit: int) -> GateHit:
    assert each.now is not None  # noqa: S101  # gone functions have no place
    function, number = each.now.function, of(each.now.function)
    since = "new function"
    if each.before is not None:
        was, name = of(each.before.function), each.before.function.name
        called = "" if name == function.name else f" as {name}"
        moved = "" if each.before.path == each.now.path else f" ({each.before.path})"
        since = f"touched, was {was} in the base{called}{moved}"
    name, lines = function.name, (function.start_line, function.end_line)
    text = f"{name}: {number} {rule.kind.unit} ({since})"
    return GateHit(
        each.now.path, *lines, rule.rule, name, text, name, number, limit, new=number > limit
    )
