"""What continuous improvement expects, a second time: from the guide, as ``second`` is."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tests.quality.money.second import verdicts
from tests.quality.money.second_prices import better
from tests.quality.money.second_term import ALL, NOTHING, Term, Tree, exact, read, rounded


def limits(contracts: Sequence[str], evaluations: Sequence[Tree]) -> Iterator[dict[str, Fraction]]:
    """What is expected in each period, by service level."""
    term, found = Term(read(contracts)), [verdicts(each) for each in evaluations]
    judging = [term.on(first) for first, _ in term.periods]
    for number, now in enumerate(found):
        contract = judging[number]
        before = [each for n, each in enumerate(found[:number]) if judging[n] is contract]
        yield {
            level["id"]: expected(contract, level, before, now[level["id"]]["good"])
            for level in contract["service_levels"]
        }


def expected(contract: Tree, level: Tree, before: Sequence[dict[str, Tree]], good: str) -> Fraction:
    """What is agreed, moved after every so many periods."""
    limit, rule = exact(level["expected"]), contract.get("continuous_improvement")
    perfect, sign = (ALL, 1) if good == "high" else (NOTHING, -1)
    if not rule or level["class"] != "critical":
        return limit
    every = rule["every"]
    for last in range(every, len(before) + 1, every):
        values = (each[level["id"]]["bare"] for each in before[last - every : last])
        known = sorted((each for each in values if each is not None), reverse=good == "high")
        if best := known[: rule.get("best")]:
            bound = abs(perfect - limit) * exact(rule.get("at_most", 10)) / 100
            move = min(sign * (sum(best, NOTHING) / len(best) - limit), bound)
            rounding = "down" if good == "high" else "up"
            moved = rounded(limit + sign * move, rule.get("decimals", 2), rounding)
            limit = moved if move > 0 and better(moved, limit, good) else limit
    return limit
