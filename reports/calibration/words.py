"""What is said of a proposal, on the page and in the section alike."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from quality.model.benchmark import Calibration, Level, Proposal, SystemValue
from reports.shared import numbers


def reached(proposal: Proposal, own: SystemValue) -> str:
    """What a system reaches: expected, the minimum, or neither."""
    for name, level in (("expected", proposal.expected), ("minimum", proposal.minimum)):
        if not proposal.worse(own.value, Fraction(level.value)):
            return name
    return "neither"


def count(proposal: Proposal, level: str) -> str:
    """How many of the systems in question reach a level."""
    enough = ("expected",) if level == "expected" else ("expected", "minimum")
    reaching = sum(reached(proposal, each) in enough for each in proposal.own)
    return f"{reaching} of {len(proposal.own)}"


def others(calibration: Calibration, proposal: Proposal) -> list[Proposal]:
    """The proposals for an indicator's other limits, the lowest limit first."""
    found = [each for each in calibration.others if each.indicator == proposal.indicator]
    return sorted(found, key=lambda each: each.parameter or ("", 0))


def systems(calibration: Calibration) -> list[SystemValue]:
    """The public systems by name."""
    largest = max(calibration.main, key=lambda each: each.peers.systems)
    return sorted(largest.values, key=lambda each: each.system.lower())


def title(proposal: Proposal) -> str:
    """The indicator's title with its limit."""
    if proposal.parameter is None:
        return proposal.title
    name, number = proposal.parameter
    return f"{proposal.title} ({name} {number})"


def value(proposal: Proposal, number: Fraction | Decimal) -> str:
    """A value with its unit."""
    return numbers.with_unit(number, proposal.unit)


def span(level: Level) -> str:
    """The interval of a level, the better end first."""
    return f"{level.low:f} to {level.high:f}"
