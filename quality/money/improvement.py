"""Continuous improvement: the expected value moves towards what was achieved, within bounds.

After every ``every`` periods of the contract the average of their values (of the best ones, if the
contract says so) is taken. Where it is better than expected, expected moves to it, but by no more
than ``at_most`` percent of the distance between expected and perfect: 0 where low is good, 100
where high is good. The new value is rounded in the supplier's favour. Expected never moves back,
and the minimum stays as agreed. Periods without a known value are left out of the average. An
amendment states its own expected value, so the count begins anew with it.

The average is of what was measured, relief, grace and suspension apart: what takes a bad value out
of a period must not raise what is expected of the next.
"""

from decimal import Decimal
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.pricing import exact_value, with_unit
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import Improvement
from quality.model.amounts import plain, rounded
from quality.model.statement import ImprovedLimit
from quality.money.history import Judged


def in_force(contract: Contract, level: ServiceLevel, earlier: Judged) -> ServiceLevel:
    """The service level as the period after ``earlier`` judges it: all periods so far that were
    judged by the same contract."""
    improved = improved_limit(contract, level, earlier)
    if improved is None:
        return level
    return level.model_copy(update={"stated_expected": improved.expected})


def improved_limit(
    contract: Contract, level: ServiceLevel, earlier: Judged
) -> ImprovedLimit | None:
    """How far expected has moved after the periods ``earlier``; None: it has not."""
    rule, agreed = contract.continuous_improvement, level.expected
    if rule is None or agreed is None or level.level_class != "critical":
        return None
    low, unit = level.indicator.good == "low", level.indicator.unit
    expected, reason = agreed, ""
    for first in range(0, len(earlier) - rule.every + 1, rule.every):
        block = earlier[first : first + rule.every]
        average = _average(_values(level.id, block), rule.best, low)
        moved = expected if average is None else _moved(rule, expected, average, low)
        if average is not None and moved != expected:
            reason = (
                f"{level.id}: the average of {block[0].period.id} to {block[-1].period.id} was "
                f"{with_unit(average, unit)}, so expected moves from {with_unit(expected, unit)} "
                f"to {with_unit(moved, unit)} (at most {plain(rule.at_most)} % of the distance to "
                f"{0 if low else 100})"
            )
            expected = moved
    return ImprovedLimit(level.id, agreed, expected, reason) if expected != agreed else None


def _values(service_level: str, block: Judged) -> list[Fraction]:
    verdicts = filter(None, (each.of(service_level) for each in block))
    values = map(exact_value, (verdict.without or verdict for verdict in verdicts))
    return [value for value in values if value is not None]


def _average(values: list[Fraction], best: int | None, low: bool) -> Fraction | None:
    chosen = sorted(values, reverse=not low)[:best]
    return sum(chosen, Fraction(0)) / len(chosen) if chosen else None


def _moved(rule: Improvement, expected: Decimal, average: Fraction, low: bool) -> Decimal:
    """The new expected value; the old one where the average is no better or rounding eats it."""
    perfect, old = Fraction(0 if low else 100), Fraction(expected)
    better = old - average if low else average - old
    bound = abs(perfect - old) * Fraction(rule.at_most) / 100
    move = min(better, bound)
    if move <= 0:
        return expected
    new = rounded(old - move if low else old + move, rule.decimals, "up" if low else "down")
    return min(new, expected) if low else max(new, expected)
