"""no_worse: an indicator over the whole head against the whole base."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from quality.catalogue.indicators import Indicator
from quality.contract.gate_rules import GateRule
from quality.gate.comparison import Comparison, asked
from quality.gate.results import RuleResult, decimal
from quality.model.recipe import Recipe

PLACES = 12  # shown of a value at most


def needs(indicator: Indicator, recipe: Recipe) -> tuple[str, ...]:
    """The analyzers whose facts an indicator counts."""
    return indicator.analyzers or tuple(part.name for part in recipe.parts)


def no_worse(rule: GateRule, comparison: Comparison) -> RuleResult:
    """The head's value against the base's, exactly: a tie passes. Unknown where the scorecard
    would not know the value either."""
    query = asked(rule)
    assert query is not None  # noqa: S101  # the contract's format says so
    indicator = query.indicator
    before, now = (side.exact for side in comparison.totals[query])
    about = f"{indicator.title.lower()} ({indicator.id})"
    blind = _too_little(indicator, comparison)
    value, limit = (None if each is None else decimal(each) for each in (now, before))
    if blind or (now is None and before is not None):
        text = blind or "there is nothing to measure in the head"
        return RuleResult(value, False, unknown=f"{about}: {text}", limit=limit)
    if now is None or before is None:
        return RuleResult(value, False, reason=f"{about}: the base has nothing to compare with")
    worse = now < before if indicator.good == "high" else now > before
    reason = f"{about}: {shown(before, now)} in the base, {shown(now, before)} in the head"
    return RuleResult(value, worse, reason=reason, limit=limit)


def _too_little(indicator: Indicator, comparison: Comparison) -> str:
    """Why a side's value would be unknown on the scorecard too; "" if enough is measured."""
    if indicator.id == "measured.share":
        return ""
    facts, floor = comparison.facts, comparison.contract.minimum_measured
    parts = [facts.recipe.part(name) for name in needs(indicator, facts.recipe)]
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
