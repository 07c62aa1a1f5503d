"""The graph of a distribution: which share of the public systems reaches each value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from quality.model.benchmark import Level, Proposal, SystemValue
from reports.calibration import words
from reports.scorecard.page.charts import HEIGHT, WIDTH, axis
from reports.shared.numbers import coordinate


@dataclass(frozen=True, slots=True)
class Curve:
    """A graph ``WIDTH`` wide and ``HEIGHT`` high. ``line``: the points of the steps; ``expected``
    and ``minimum``: where the levels lie; ``good`` and ``bad``: the zones beside them (from,
    width); ``own``: where the systems in question stand; ``ticks``: the numbers below, from left to
    right; ``text``: what it shows, in words."""

    line: str
    expected: str
    minimum: str
    good: tuple[str, str]
    bad: tuple[str, str]
    own: tuple[str, ...]
    ticks: tuple[Fraction, ...]
    text: str


def curve(proposal: Proposal) -> Curve:
    """The graph of a proposal's distribution; what lies beyond its right end is drawn there."""
    levels = [Fraction(each.value) for each in (proposal.expected, proposal.minimum)]
    ordered = sorted(each.value for each in proposal.values)
    most = max([ordered[95 * (len(ordered) - 1) // 100], *levels])
    ticks = axis(most)[::-1]

    def across(value: Fraction) -> float:
        return float(WIDTH * min(value / ticks[-1], Fraction(1)))

    expected, minimum = (across(each) for each in levels)
    low = proposal.good != "high"
    return Curve(
        line=" ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in _steps(proposal, across)),
        expected=coordinate(expected),
        minimum=coordinate(minimum),
        good=(coordinate(0), coordinate(expected))
        if low
        else (coordinate(expected), coordinate(WIDTH - expected)),
        bad=(coordinate(minimum), coordinate(WIDTH - minimum))
        if low
        else (coordinate(0), coordinate(minimum)),
        own=tuple(coordinate(across(each.value)) for each in proposal.own),
        ticks=ticks,
        text=_text(proposal),
    )


def _steps(proposal: Proposal, across: Callable[[Fraction], float]) -> list[tuple[float, float]]:
    """The corners of the steps from left to right, the share of systems upwards."""
    count = len(proposal.values)
    low = proposal.good != "high"
    points = [(0.0, float(HEIGHT) if low else 0.0)]
    for number, each in enumerate(sorted(proposal.values, key=lambda one: one.value), 1):
        share = number / count if low else 1 - number / count
        x = across(each.value)
        points += [(x, points[-1][1]), (x, HEIGHT * (1 - share))]
    return [*points, (float(WIDTH), points[-1][1])]


def _text(proposal: Proposal) -> str:
    expected, minimum = (words.value(proposal, each.value) for each in _levels(proposal))
    shares = [proposal.reach(each.value) for each in _levels(proposal)]
    own = f", {len(proposal.own)} of your systems marked" if proposal.own else ""
    return (
        f"Share of {proposal.peers.systems} systems that reach a value: {expected} is reached by "
        f"{shares[0]} percent, {minimum} by {shares[1]} percent{own}"
    )


def _levels(proposal: Proposal) -> tuple[Level, Level]:
    return proposal.expected, proposal.minimum


def ordered(proposal: Proposal) -> list[SystemValue]:
    """The systems in question, the best first."""
    return sorted(proposal.own, key=lambda each: each.value, reverse=proposal.good == "high")
