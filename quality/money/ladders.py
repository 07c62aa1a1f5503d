"""How bad a failure is: shortfall, the rung of a ladder that holds, and the rate it costs.

A value at a threshold is not worse than it: the rung below 99.0 begins under 99.0. With
``decimals`` the compared number (the value, or the shortfall) is rounded first: a contract with
bands "98.0 to 98.9" and "97.0 to 97.9" says so with ``decimals: 1`` and thresholds 99 and 98.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.contract.terms import CreditRule, LadderStep
from quality.model.amounts import plain, rounded
from quality.model.statement import Limit
from quality.model.verdict import Verdict
from quality.money.history import exact_value, with_unit


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed verdict in numbers: value, limit, and the distance between them (never below 0)."""

    verdict: Verdict
    value: Fraction
    limit: Decimal
    limit_name: Limit
    shortfall: Fraction

    def sentence(self) -> str:
        """The failure in words, with its numbers."""
        unit = self.verdict.unit
        if unit == "percent":
            unit = "percentage point" if self.shortfall == 1 else "percentage points"
        limit = "expected value" if self.limit_name == "expected" else self.limit_name
        return (
            f"{self.verdict.id}: {with_unit(self.value, self.verdict.unit)} is worse than the "
            f"{limit} of {with_unit(self.limit, self.verdict.unit)} by "
            f"{plain(self.shortfall)} {unit}"
        )


def failure(verdict: Verdict, rule: CreditRule) -> Failure | None:
    """The numbers of a failed verdict under the rule that prices it; None: its value is unknown."""
    value = exact_value(verdict)
    limit = verdict.expected if rule.target == "expected" else verdict.minimum
    if value is None or limit is None:
        return None
    distance = value - Fraction(limit)
    shortfall = -distance if verdict.good == "high" else distance
    return Failure(verdict, value, limit, rule.target, max(Fraction(0), shortfall))


def rung(failed: Failure, rule: CreditRule) -> LadderStep | None:
    """The last step of the ladder that holds; None: the failure is milder than the first."""
    compared = compared_number(failed, rule)
    low = failed.verdict.good == "low" or rule.by == "shortfall"
    holding = (
        step
        for step in rule.steps
        if (compared > Fraction(step.threshold) if low else compared < Fraction(step.threshold))
    )
    return max(holding, key=rule.steps.index, default=None)


def compared_number(failed: Failure, rule: CreditRule) -> Fraction:
    """The number that the rule compares or prices: the value or the shortfall, rounded if the rule
    says so."""
    by_value = rule.by == "value" and rule.kind != "target_minus_actual"
    exact = failed.value if by_value else failed.shortfall
    return exact if rule.decimals is None else Fraction(rounded(exact, rule.decimals, rule.round))


def compared_text(failed: Failure, rule: CreditRule) -> str:
    """Where a number was rounded before it was compared, what became of it."""
    if rule.decimals is None:
        return ""
    return f" (compared as {plain(compared_number(failed, rule))})"
