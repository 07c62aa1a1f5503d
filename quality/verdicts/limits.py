"""A value beside the limits of its service level."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from quality.contract.sections.levels import ServiceLevel
from quality.model.amounts import in_hours
from quality.model.verdict import Good, Measured, Outcome


def too_small(measured: Measured, level: ServiceLevel) -> str:
    """Why so few items make no sample; "": they are enough, or the contract asks for none."""
    if level.minimum_sample is None or measured.denominator >= level.minimum_sample:
        return ""
    counted, asked = f"{measured.denominator:,}", f"{level.minimum_sample:,}"
    return f"the sample is too small: {counted} counted, the contract asks for {asked}"


def compare(exact: Fraction, level: ServiceLevel) -> Outcome:
    """Where a value lies against expected and minimum; without them it is only reported."""
    if _misses(exact, level.minimum, level.indicator.good):
        return "failed"
    return "below_expected" if _misses(exact, level.expected, level.indicator.good) else "met"


def _misses(exact: Fraction, limit: Decimal | None, good: Good) -> bool:
    if limit is None:
        return False
    return exact < Fraction(limit) if good == "high" else exact > Fraction(limit)


def shortfall(exact: Fraction, level: ServiceLevel) -> str:
    """By how much a value misses the minimum."""
    assert level.minimum is not None  # noqa: S101  # only a minimum can be failed
    by = abs(exact - Fraction(level.minimum))
    side = "under" if level.indicator.good == "high" else "over"
    unit = "percentage points" if level.indicator.unit == "percent" else level.indicator.unit
    much = _short(by)
    unit = unit.removesuffix("s") if much == "1" else unit
    clock = f" ({in_hours(int(by))})" if level.indicator.unit == "seconds" and by >= 60 else ""
    return f"{much} {unit}{clock} {side} the minimum of {level.minimum:,}"


def _short(number: Fraction) -> str:
    """At least two digits that count, so that a small shortfall does not read as none."""
    for digits in range(2, 7):
        if round(number, digits) != 0:
            return f"{float(round(number, digits)):,.{digits}f}".rstrip("0").rstrip(".")
    return "less than 0.000001"
