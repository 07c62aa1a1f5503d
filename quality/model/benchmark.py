"""The open benchmark in records: values of public systems, and the levels that they suggest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.model.rank import Peers, Rank
from quality.model.verdict import Good


@dataclass(frozen=True, slots=True)
class SystemValue:
    """A value of one system, with its name and NLOC."""

    system: str
    nloc: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class Level:
    """A proposed level: the value, rounded to the worse side so that as many reach it as are said
    to, and the interval in which it lies in nine of ten samples of as many systems."""

    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """What public systems suggest for an indicator with its parameter (None: it has none).

    ``expected``: a quarter of the systems reach it, the median of the better half; ``minimum``:
    four fifths do. ``doubts``: why the distribution cannot carry a level; without any it can.
    ``values`` are the public systems', the best first; ``own``: those of the systems in question.
    ``reported_only``: no money may hang on the indicator.
    """

    indicator: str
    title: str
    measures: str
    parameter: tuple[str, int] | None
    unit: str
    good: Good
    peers: Peers
    expected: Level
    minimum: Level
    doubts: tuple[str, ...]
    values: tuple[SystemValue, ...]
    own: tuple[SystemValue, ...] = ()
    reported_only: bool = False

    def worse(self, value: Fraction, than: Fraction) -> bool:
        """Whether a value is worse than another."""
        return value < than if self.good == "high" else value > than

    def rank(self, value: Fraction) -> Rank:
        """The place of a value among the public systems."""
        worse = sum(self.worse(each.value, value) for each in self.values)
        return Rank(self.peers, worse, sum(each.value == value for each in self.values))

    def reach(self, value: Decimal) -> int:
        """How many percent of the public systems have a value or better, rounded down."""
        count = len(self.values)
        return 100 * (count - self.rank(Fraction(value)).worse) // count


@dataclass(frozen=True, slots=True)
class Calibration:
    """Levels for a request for proposals. ``peers``: the public systems that were looked at;
    ``systems``: the systems in question, with their language (what holds most of their NLOC) and
    NLOC; ``main``: the proposals for the levels, one an indicator; ``others``: the same indicators
    with other limits."""

    peers: Peers
    systems: tuple[tuple[str, str, int], ...]
    main: tuple[Proposal, ...]
    others: tuple[Proposal, ...]
    notes: tuple[str, ...] = ()
