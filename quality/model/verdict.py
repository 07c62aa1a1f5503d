"""A service level judged in one period, with the values behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quality.model.rank import Rank
from quality.model.reports import DeclaredBy

Outcome = Literal["met", "below_expected", "failed", "excused", "unknown"]
Good = Literal["low", "high", "none"]

WORST_FIRST: tuple[Outcome, ...] = ("failed", "unknown", "below_expected", "excused", "met")
"""The one ranking of outcomes: what is unknown is never met, and never cheaper than failed."""


@dataclass(frozen=True, slots=True)
class Period:
    """A measurement window: calendar quarter or month, cut to the contract's term. Both days
    belong to it. ``to_date``: it has not ended yet."""

    id: str
    start: date
    end: date
    to_date: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value as exact integers: value = scale x numerator / denominator."""

    numerator: int
    denominator: int
    scale: int

    @property
    def exact(self) -> Fraction | None:
        """The unrounded value; None where the denominator is 0."""
        if self.denominator == 0:
            return None
        return Fraction(self.scale * self.numerator, self.denominator)

    @property
    def value(self) -> float | None:
        """The value rounded to 6 decimals; None where the denominator is 0."""
        exact = self.exact
        return None if exact is None else float(round(exact, 6))


@dataclass(frozen=True, slots=True)
class RepositoryValue:
    """A service level's value in one repository; ``measured`` is None where it is unknown, and
    ``reason`` says what is missing. ``outcome`` is set where every repository is judged by itself.
    """

    repository: str
    measured: Measured | None
    outcome: Outcome | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A service level's value in an earlier period, oldest first in a trend; None: unknown.
    ``repository``: the one that decided where each was judged by itself, and ``decided`` its value;
    ``expected`` and ``minimum``: the limits of that period.
    """

    period: str
    value: float | None
    repository: str = ""
    decided: float | None = None
    expected: Decimal | None = None
    minimum: Decimal | None = None

    @property
    def deciding(self) -> float | None:
        """The value that the outcome followed from."""
        return self.decided if self.repository else self.value


@dataclass(frozen=True, slots=True)
class RecordReading:
    """The reading of a source by which a service level that counts records is judged (None: none
    says all of the period). ``spoken_at``: the moment of which it speaks; ``notices``: what a
    reader must know of it, in sentences."""

    source: str
    declared_by: DeclaredBy
    received_at: datetime | None
    spoken_at: datetime | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelievedBy:
    """What relieves a verdict: ``entries`` of the ledger (their ids), and the ``parties`` that the
    contract names for it, whose failures do by the records. Either is empty where it moves nothing
    by itself."""

    entries: tuple[str, ...]
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A service level judged in one period. ``measured`` is the value of all repositories together;
    ``reason`` says why it is unknown or failed; ``measures`` is the catalogue's sentence about the
    indicator."""

    id: str
    name: str
    level_class: Literal["critical", "key"]
    indicator: str
    parameters: tuple[tuple[str, int | str], ...]
    measured: Measured | None
    unit: str
    good: Good
    expected: Decimal | None
    minimum: Decimal | None
    outcome: Outcome
    reason: str
    repositories: tuple[RepositoryValue, ...]
    trend: tuple[TrendPoint, ...]
    measures: str = ""
    scope: Literal["contract", "each-repository"] = "contract"
    without: Verdict | None = None  # the verdict without relief; None: there is none
    relieved_by: RelievedBy | None = None  # None: no relief moves it
    benchmark: Rank | None = None  # its place among public systems; None: nothing to compare
    declared_by: tuple[DeclaredBy, ...] = ()  # whose word it is; empty: it was measured
    interval: tuple[Decimal, Decimal] | None = None  # where chance alone may have put it, at 95 %
    parts: tuple[tuple[str, int], ...] = ()  # what was counted and left out, where records are
    readings: tuple[RecordReading, ...] = ()  # of sources of records, where it counts these

    @property
    def decided_by(self) -> RepositoryValue | None:
        """The worst repository, where each is judged by itself: its outcome is the outcome, and of
        several such its value is the worst, or it has none. None: they are judged together."""
        parts = self.repositories if self.scope == "each-repository" else ()
        worst = [part for part in parts if part.outcome == self.outcome]
        sign = -1 if self.good == "high" else 1

        def badness(part: RepositoryValue) -> tuple[bool, Fraction]:
            exact = part.measured.exact if part.measured else None
            return exact is None, sign * (exact or Fraction(0))

        return max(worst, key=badness, default=None)

    @property
    def deciding(self) -> Measured | None:
        """The value that the outcome follows from; None: it is unknown."""
        part = self.decided_by
        return part.measured if part else self.measured

    @property
    def reported(self) -> bool:
        """Whether it has a value and no limits: it is met, and says nothing."""
        return self.outcome == "met" and self.expected is None and self.minimum is None

    @property
    def failed_unmeasured(self) -> bool:
        """Whether it failed for want of a value, as a whole or in a repository judged by itself."""
        return self.outcome == "failed" and self.deciding is None


def overall(verdicts: Iterable[Verdict], strict: bool = False) -> Outcome:
    """The outcome of several service levels, over the critical ones (``strict``: over all): failed
    above unknown, and met where none is either."""
    outcomes = {v.outcome for v in verdicts if strict or v.level_class == "critical"}
    return next((each for each in WORST_FIRST[:2] if each in outcomes), "met")
