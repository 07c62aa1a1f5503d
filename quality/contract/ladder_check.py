"""What the steps of a graded credit must look like: complete, sorted, from mild to severe."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from quality.contract.levels import ServiceLevel
from quality.contract.terms import CreditRule, LadderStep
from quality.contract.yaml import Location
from quality.model.amounts import plain

Disagreement = tuple[Location, str]
_SEVERITIES = ("minor", "serious", "severe", "below_threshold")


def ladder_problems(
    level: ServiceLevel, credit: CreditRule, costs: frozenset[str]
) -> Iterator[Disagreement]:
    """What is wrong with the steps of a service level's credit, whose kind takes ``costs``."""
    incomplete = [(n, text) for n, step in enumerate(credit.steps) for text in _step(step, costs)]
    yield from ((("credit", "steps", number), text) for number, text in incomplete)
    keys = {"worse_than" if s.shortfall_over is None else "shortfall_over" for s in credit.steps}
    if len(keys) == 2 and not incomplete:
        yield ("credit", "steps"), "mix worse_than and shortfall_over: use one for all steps"
    elif keys and not incomplete:
        yield from _sorted(level, credit.steps, keys.pop())


def _step(step: LadderStep, allowed: frozenset[str]) -> Iterator[str]:
    if (step.worse_than is None) == (step.shortfall_over is None):
        yield "needs either worse_than or shortfall_over: where it begins"
    costs = {key for key in ("percent", "amount", "severity", "points")
             if getattr(step, key) is not None}  # fmt: skip
    if len(costs) != 1 or not costs <= allowed:
        yield f"needs exactly one of {' and '.join(sorted(allowed))}"


def _sorted(level: ServiceLevel, steps: tuple[LadderStep, ...], key: str) -> Iterator[Disagreement]:
    low = level.indicator.good == "low"
    rising = low or key == "shortfall_over"
    for number, (mild, severe) in enumerate(pairwise(steps), 1):
        before, after = getattr(mild, key), getattr(severe, key)
        if after <= before if rising else after >= before:
            text = f"{plain(after)} must be {'more' if rising else 'less'} than the step before"
            text = f"{text} ({plain(before)}): sort the steps from mild to severe"
            yield ("credit", "steps", number, key), text
        if _cost(severe) < _cost(mild):
            text = "costs less than the step before it: who fails more must not pay less"
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


def _cost(step: LadderStep) -> Decimal:
    """Comparable within one kind of cost; other kinds are not compared."""
    if step.severity is not None:
        return Decimal(_SEVERITIES.index(step.severity))
    return Decimal(next(c for c in (step.percent, step.amount, step.points, 0) if c is not None))
