"""no_worse: what an indicator counts as bad must not grow with the change.

A share or density is compared by what the change touches, numerator against numerator: so deleting
good code is no failure, and adding good code pays for nothing bad.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from quality.catalogue.indicators import Indicator
from quality.contract.sections.gate_rules import GateRule
from quality.gate.came import came
from quality.gate.change import Change
from quality.gate.comparison import Comparison, asked
from quality.gate.needs import by_function, counting
from quality.gate.pairs import Touched
from quality.gate.results import RuleResult, decimal
from quality.model.facts import Function
from quality.model.gate import GateHit
from quality.model.verdict import Measured
from quality.pairing import Placed
from quality.store.scope import MetricQuery

PLACES = 12  # shown of a value at most
# What the rows of an indicator's query are counted in.
COUNTED = {"functions": "NLOC", "findings": "findings", "hidden": "findings", "blocks": "blocks",
           "duplication": "lines", "suppressions": "directives", "unmeasured": "bytes",
           "unseen": "bytes", "languages": "NLOC", "security": "findings"}  # fmt: skip


def bears(indicator: Indicator, change: Change) -> bool:
    """Whether the change touches anything that the indicator may count."""
    tests = change.tests if dict(indicator.fixed).get("class") == "test" else ()
    unread = change.unread if indicator.query == "unseen" else ((), ())
    return bool(change.production or change.gone or tests or any(unread))


def no_worse(rule: GateRule, comparison: Comparison) -> RuleResult:
    """The head against the base, exactly: a tie passes. Unknown where the scorecard would not
    know the value either."""
    query = asked(rule)
    assert query is not None  # noqa: S101  # the contract's format says so
    indicator = query.indicator
    if not bears(indicator, comparison.change):
        return RuleResult(None, False, reason=f"{_about(indicator)}: the change touches none of it")
    if indicator.compared == "values":
        return _values(query, comparison)
    if by := by_function(indicator):
        return _functions(query, comparison, lambda function: int(getattr(function, by) or 0))
    return _counts(query, comparison)


def _about(indicator: Indicator) -> str:
    return f"{indicator.title.lower()} ({indicator.id})"


# ---------------------------------------------------------------- what the change touches


def _functions(
    query: MetricQuery, comparison: Comparison, of: Callable[[Function], int]
) -> RuleResult:
    """A share of the functions' code: of the functions that the change touches, those above the
    limit. One that was above it before and has not got worse may have grown by some lines."""
    above = int(query.parameter or 0)
    hits, grown = list[GateHit](), 0
    sides: list[list[int]] = [[0, 0], [0, 0]]
    for each in comparison.functions:
        growth = _growth(each, of, above)
        grown += growth
        if each.now and growth > 0:
            hits.append(_hit(query.indicator, each.now, growth, above, of))
        for side, placed in zip(sides, (each.before, each.now), strict=True):
            if placed:
                side[0] += placed.function.nloc * (of(placed.function) > above)
                side[1] += placed.function.nloc
    before, now = (Measured(bad, all_, query.indicator.scale) for bad, all_ in sides)
    return _told(query.indicator, before, now, grown > 0, hits)


def _growth(each: Touched, of: Callable[[Function], int], above: int) -> int:
    """By how many lines a touched function adds to the code above the limit."""
    now, before = (
        placed.function if placed and of(placed.function) > above else None
        for placed in (each.now, each.before)
    )
    lines = (now.nloc if now else 0) - (before.nloc if before else 0)
    return min(0, lines) if now and before and of(now) <= of(before) else lines


def _hit(
    indicator: Indicator, placed: Placed, growth: int, above: int, of: Callable[[Function], int]
) -> GateHit:
    function, by = placed.function, by_function(indicator)
    text = f"{function.name}: {growth} NLOC more above {above} ({by} {of(function)})"
    lines = (function.start_line, function.end_line)
    return GateHit(placed.path, *lines, "no_worse", function.name, text, function.name)


def _counts(query: MetricQuery, comparison: Comparison) -> RuleResult:
    """Numerator against numerator, of the files that differ or, where others bear on them, of both
    trees; where high is good, what is missing to the denominator."""
    before, now = comparison.totals[query]
    whole = query.indicator.compared == "trees"
    blind = _too_little(query.indicator, comparison) if whole else ""
    if blind:
        return RuleResult(None, False, unknown=f"{_about(query.indicator)}: {blind}")
    worse = _bad(query.indicator, now) > _bad(query.indicator, before)
    hits = came(query, comparison) if worse else ()
    return _told(query.indicator, before, now, worse, hits)


def _bad(indicator: Indicator, side: Measured) -> int:
    """What an indicator counts as bad: its numerator or, where high is good, what that lacks."""
    return side.denominator - side.numerator if indicator.good == "high" else side.numerator


def _told(
    indicator: Indicator,
    before: Measured,
    now: Measured,
    worse: bool,
    hits: Sequence[GateHit] = (),
) -> RuleResult:
    where = "of what the change touches, " if indicator.compared == "files" else ""
    unit = COUNTED.get(indicator.query, "")
    shares = [
        f"{side.numerator:,}" + f" of {side.denominator:,}" * (indicator.unit == "percent")
        for side in (before, now)
    ]
    reason = f"{_about(indicator)}: {where}{shares[0]} {unit} in the base, {shares[1]} in the head"
    value, limit = (Decimal(_bad(indicator, side)) for side in (now, before))
    unit = f"{unit} missing" if indicator.good == "high" else unit
    return RuleResult(value, worse, tuple(hits), reason, limit=limit, unit=unit)


# ---------------------------------------------------------------- whole trees


def _values(query: MetricQuery, comparison: Comparison) -> RuleResult:
    """The value of the whole head against the whole base's."""
    indicator = query.indicator
    sides = comparison.totals[query]
    before, now = (side.exact for side in sides)
    about = _about(indicator)
    blind = _too_little(indicator, comparison)
    value, limit = (None if each is None else decimal(each) for each in (now, before))
    if blind or (now is None and before is not None):
        text = blind or "there is nothing to measure in the head"
        return RuleResult(value, False, unknown=f"{about}: {text}", limit=limit)
    if now is None or before is None:
        return RuleResult(value, False, reason=f"{about}: the base has nothing to compare with")
    # A mean that rises because good code went is not worse: the sum has not grown.
    grown = sides[1].numerator > sides[0].numerator
    worse = now < before if indicator.good == "high" else now > before and grown
    reason = f"{about}: {shown(before, now)} in the base, {shown(now, before)} in the head"
    return RuleResult(value, worse, reason=reason, limit=limit)


def _too_little(indicator: Indicator, comparison: Comparison) -> str:
    """Why a side's value would be unknown on the scorecard too; "" if enough is measured."""
    facts, floor = comparison.facts, comparison.contract.minimum_measured
    parts = [facts.recipe.part(name) for name in counting(indicator, facts.recipe)]
    for tree in comparison.trees:
        whole = measured = 0
        for path in filter(tree.judged, tree.files):
            file = tree.files[path]
            whole += file.size
            used = [part for part in parts if part.measures(file.language or "", "production")]
            found = [facts.of(file, part.name) for part in used]
            if all(each is not None and each.reason is None for each in found):
                measured += file.size
        if whole and Fraction(100 * measured, whole) < Fraction(floor):
            return (
                f"in the {tree.name} only {100 * measured // whole} % of the production code could "
                f"be measured, the contract asks for {floor} %"
            )
    return ""


def shown(exact: Fraction, other: Fraction) -> str:
    """A value in two decimals, or as many more as it takes to tell it from the other side's."""
    places = 2
    while exact != other and round(exact, places) == round(other, places) and places < PLACES:
        places += 1
    text = f"{Decimal(round(exact * 10**places)).scaleb(-places):f}"
    return text.rstrip("0").rstrip(".")
