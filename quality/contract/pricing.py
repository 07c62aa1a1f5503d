"""What a kind of credit computes with: a failure in numbers, and what percentages are of.

A value at a threshold is not worse than it: the rung below 99.0 begins under 99.0. With
``decimals`` the compared number (the value, or the shortfall) is rounded first: a contract with
bands "98.0 to 98.9" and "97.0 to 97.9" says so with ``decimals: 1`` and thresholds 99 and 98.
Amounts are exact here: they are rounded once, at the end of the line (``money.steps``).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.contract.sections.charges import Charges
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.terms import CreditRule, LadderStep
from quality.model.amounts import plain, rounded, text
from quality.model.terms import Limit
from quality.model.verdict import Verdict

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Bases:
    """What percentages are of, unrounded: the charges of the period and the part at risk; and the
    period's ``days``, for what is agreed by the day."""

    money: Charges
    charges: Fraction
    days: int = 0

    @property
    def at_risk(self) -> Fraction:
        """The at-risk amount."""
        return self.charges * Fraction(self.money.reach) / HUNDRED

    def rounded(self, exact: Fraction) -> Decimal:
        """An amount in the minor unit, by the contract's rule."""
        return rounded(exact, self.money.minor_digits, self.money.rounding)

    def text(self, amount: Decimal) -> str:
        """An amount for people."""
        return text(amount, self.money.currency)

    def named(self, word: str, base: Fraction) -> str:
        """A base with its amount, at the start of a sentence."""
        return f"{word[0].upper()}{word[1:]} {self.text(self.rounded(base))}"


@dataclass(frozen=True, slots=True)
class Price:
    """What a failure costs before multipliers: base x rate percent; a fixed amount has no rate.
    ``how`` is the computation as a sentence, without its result. ``most``: what it never exceeds,
    multipliers included; None: the caps of all credits alone hold."""

    base: Fraction
    base_name: str
    rate: Fraction | None
    how: str
    most: Fraction | None = None
    share: Fraction = Fraction(1)  # of the period's days: those that are not excused

    @property
    def exact(self) -> Fraction:
        """The unrounded amount."""
        whole = self.base if self.rate is None else self.base * self.rate / HUNDRED
        return whole * self.share


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed verdict in numbers: value, limit, and the distance between them (never below 0);
    with the service level, and the rule of its credit.

    Where the supplier made it unmeasurable, it has no ``value``: it costs what the worst value
    would, so that nothing is gained by it. The ``shortfall`` is then that of 100 or 0 percent;
    None: the unit knows no worst value."""

    verdict: Verdict
    level: ServiceLevel
    rule: CreditRule
    value: Fraction | None
    limit: Decimal
    limit_name: Limit
    shortfall: Fraction | None

    def sentence(self) -> str:
        """The failure in words, with its numbers and, where a number is rounded before it is
        compared, what becomes of it."""
        if self.value is None or self.shortfall is None:  # both have one, or it has no value
            said = f"{self.verdict.id}: {self.verdict.reason}. "
            return f"{said}Without a value it costs what the worst one would. "
        unit = self.verdict.unit
        if unit == "percent":
            unit = "percentage point" if self.shortfall == 1 else "percentage points"
        limit = "expected value" if self.limit_name == "expected" else self.limit_name
        rounds = self.rule.decimals is not None
        number = f" (compared as {plain(self.compared())})" if rounds else ""
        return (
            f"{self.verdict.id}: {with_unit(self.value, self.verdict.unit)} is worse than the "
            f"{limit} of {with_unit(self.limit, self.verdict.unit)} by "
            f"{plain(self.shortfall)} {unit}{number}. "
        )

    def compared(self) -> Fraction:
        """The number that the rule compares or prices: the value or the shortfall, rounded if the
        rule says so."""
        exact = self.value if self.rule.by_value else self.shortfall
        assert exact is not None  # noqa: S101  # who has none is never compared
        if self.rule.decimals is None:
            return exact
        return Fraction(rounded(exact, self.rule.decimals, self.rule.round or "half_up"))

    def rung(self) -> LadderStep | None:
        """The last step of the ladder that holds, without a value the last one; None: the failure
        is milder than the first."""
        if self.value is None:
            return self.rule.steps[-1]
        compared = self.compared()
        sign = 1 if self.verdict.good == "low" or not self.rule.by_value else -1
        holding = [s for s in self.rule.steps if sign * compared > sign * Fraction(s.threshold)]
        return holding[-1] if holding else None


def failure(
    verdict: Verdict, level: ServiceLevel, rule: CreditRule, target: Limit
) -> Failure | None:
    """The numbers of a failed verdict against one of its limits; None: it has no such limit."""
    limit = verdict.expected if target == "expected" else verdict.minimum
    if limit is None:
        return None
    value = None if verdict.failed_unmeasured else exact_value(verdict)
    worst = None
    if verdict.unit == "percent":
        worst = Fraction(0) if verdict.good == "high" else HUNDRED
    priced, shortfall = worst if value is None else value, None
    if priced is not None:
        distance = priced - Fraction(limit)
        shortfall = max(Fraction(0), -distance if verdict.good == "high" else distance)
    return Failure(verdict, level, rule, value, limit, target, shortfall)


def exact_value(verdict: Verdict) -> Fraction | None:
    """The value that money follows from, that which decides; None: unknown."""
    return verdict.deciding.exact if verdict.deciding else None


def with_unit(number: Fraction | Decimal, unit: str) -> str:
    """A value for people: 9.2 %, 14 CCN."""
    return f"{plain(number)} {'%' if unit == 'percent' else unit}"
