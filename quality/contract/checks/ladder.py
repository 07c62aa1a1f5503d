"""What the steps of a graded credit must look like: complete, sorted, from mild to severe; and the
steps that no failure can reach, or that leave failures out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import CreditRule, LadderStep, Points
from quality.contract.text.yaml import Mistake
from quality.model.amounts import plain


@dataclass(frozen=True, slots=True)
class Prices:
    """What makes unlike units comparable: the points of each severity, and the charges of a period
    at each amount that the contract states, with the part that percentages are of."""

    points: Points
    charges: tuple[Fraction, ...]
    at_risk: Fraction


def ladder_problems(
    level: ServiceLevel, credit: CreditRule, costs: frozenset[str], prices: Prices
) -> Iterator[Mistake]:
    """What is wrong with the steps of a service level's credit, whose kind takes ``costs``."""
    incomplete = [(n, text) for n, step in enumerate(credit.steps) for text in _step(step, costs)]
    yield from ((("credit", "steps", number), text) for number, text in incomplete)
    keys = {"worse_than" if s.shortfall_over is None else "shortfall_over" for s in credit.steps}
    if len(keys) == 2 and not incomplete:
        yield ("credit", "steps"), "mix worse_than and shortfall_over: use one for all steps"
    elif keys and not incomplete:
        yield from _sorted(level, credit, keys.pop(), prices)


def _step(step: LadderStep, allowed: frozenset[str]) -> Iterator[str]:
    if (step.worse_than is None) == (step.shortfall_over is None):
        yield "needs either worse_than or shortfall_over: where it begins"
    if step.points is not None and step.points < 0:
        yield "counts less than no points: use 0 or more"
    costs = {key for key in ("percent", "amount", "severity", "points")
             if getattr(step, key) is not None}  # fmt: skip
    if len(costs) != 1 or not costs <= allowed:
        yield f"needs exactly one of {' and '.join(sorted(allowed))}"


def _sorted(level: ServiceLevel, credit: CreditRule, key: str, prices: Prices) -> Iterator[Mistake]:
    low, steps = level.indicator.good == "low", credit.steps
    rising = low or key == "shortfall_over"
    for number, (mild, severe) in enumerate(pairwise(steps), 1):
        before, after = getattr(mild, key), getattr(severe, key)
        if after <= before if rising else after >= before:
            text = f"{plain(after)} must be {'more' if rising else 'less'} than the step before"
            text = f"{text} ({plain(before)}): sort the steps from mild to severe"
            yield ("credit", "steps", number, key), text
        if text := _cheaper(mild, severe, credit, prices):
            yield ("credit", "steps", number), text
    first, minimum = steps[0].worse_than, level.minimum
    if first is None or minimum is None:
        return
    if first < minimum if low else first > minimum:
        text = (
            f"{plain(first)} is better than the minimum ({plain(minimum)}), and only what is worse"
        )
        text = f"{text} than the minimum is failed: make {plain(first)} the minimum"
        yield ("credit", "steps", 0, "worse_than"), text


def _cheaper(mild: LadderStep, severe: LadderStep, credit: CreditRule, prices: Prices) -> str:
    """What is wrong with a step that costs less than the one before it; "": it does not."""
    rule = "than the step before it: who fails more must not pay less"
    if mild.amount is None and severe.amount is None:
        alike = _percent_or_points(mild, prices.points), _percent_or_points(severe, prices.points)
        return f"costs less {rule}" if alike[1] < alike[0] else ""
    if mild.amount is not None and severe.amount is not None:
        return f"costs less {rule}" if severe.amount < mild.amount else ""
    for charges in prices.charges:
        base = charges * prices.at_risk / 100 if credit.of == "at_risk" else charges
        costs = [
            Fraction(step.amount) if step.amount is not None
            else base * Fraction(step.percent or 0) / 100
            for step in (mild, severe)
        ]  # fmt: skip
        if costs[1] < costs[0]:
            what = f"costs {plain(costs[1])}, the step before it {plain(costs[0])}"
            return f"{what}, of a period's charges of {plain(charges)}: less {rule}"
    return ""


def _percent_or_points(step: LadderStep, points: Points) -> Decimal:
    if step.percent is not None:
        return step.percent
    severity: int = getattr(points, step.severity) if step.severity else step.points or 0
    return Decimal(severity)


def dead_rungs(level: ServiceLevel, credit: CreditRule) -> Iterator[Mistake]:
    """Steps that no failure can reach, and failures that no step reaches."""
    steps, minimum, indicator = credit.steps, level.minimum, level.indicator
    if not steps or minimum is None:
        return
    if all(not (each.percent or each.amount or each.severity or each.points) for each in steps):
        yield ("credit", "steps"), "cost nothing, all of them: raise the last one"
    key = "worse_than" if credit.by_value else "shortfall_over"
    sign = -1 if credit.by_value and indicator.good == "high" else 1
    begins = [sign * each.threshold for each in steps]
    expected = minimum if credit.target != "expected" else level.expected or minimum
    least = sign * minimum if credit.by_value else abs(expected - minimum)
    slack = Decimal(0) if credit.decimals is None else Decimal(1).scaleb(-credit.decimals)
    if begins[0] - least > slack:
        named = f"{plain(minimum)}" if credit.by_value else f"a shortfall of {plain(least)}"
        text = f"{plain(steps[0].threshold)} lies beyond where failing begins ({named}): a failure "
        yield ("credit", "steps", 0, key), f"{text}between the two costs nothing; begin there"
    for number, after in enumerate(begins[1:]):
        if after + slack <= least:
            text = "holds for no failure, because the next step does: remove it"
            yield ("credit", "steps", number), text
    worst = Decimal(100) if indicator.of_a_whole else None
    if indicator.good == "high":
        worst = Decimal(0)
    if worst is None:
        return
    most = sign * worst if credit.by_value else abs(expected - worst)
    for number, begin in enumerate(begins):
        if begin >= most:
            yield ("credit", "steps", number, key), "no value is that bad: remove the step"
