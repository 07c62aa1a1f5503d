"""The supplier's charges in a period.

An amount pays for a month, a quarter or a year (``per``). A period's charges are the sum over its
billing spans: the months of a quarter, say, or the period itself where an amount pays for longer.

- ``pro_rata: false``: a span costs the amount in force on its first day, in full. Where the term
  begins inside the span, that is the term's first day.
- ``pro_rata: true``: each day of a span costs its share of the amount in force on that day. Days
  are the calendar's (February 2028 has 29), and days outside the term cost nothing. So it is where
  an amendment begins inside the period: its days cost what the amendment says, whatever else of it
  waits for the next period.

Indexation raises the amount in force from a day on; the raised amount is rounded once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from quality.contract.amendments import Family
from quality.contract.periods import months_later
from quality.contract.sections.charges import MONTHS, ChargePeriod, Charges
from quality.model.amounts import plain, rounded, text
from quality.model.verdict import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period's charges and how it was computed."""

    exact: Fraction
    explanation: str


def charges_of(charges: Charges, period: Period) -> tuple[Part, ...]:
    """What the supplier is paid for a period, part by part; their sum is the invoice."""
    length = 1 if "Q" not in period.id else 3
    months = MONTHS[charges.per or "month"]
    step = min(length, months)
    share = Fraction(step, months)
    first = date(period.start.year, (period.start.month - 1) // length * length + 1, 1)
    parts: list[Part] = []
    for _ in range(length // step):
        after = months_later(first, step)
        begin, end = max(first, period.start), min(after - _DAY, period.end)
        if begin <= end:
            days = (after - first).days
            parts += _pro_rata(charges, begin, end, share, days) if charges.pro_rata else [
                _in_full(charges, begin, share)
            ]  # fmt: skip
        first = after
    return tuple(parts)


def charges_in(family: Family, period: Period) -> tuple[Part, ...]:
    """What the supplier is paid for a period by the contract that judges it and, where that divides
    by days, by the amendments that begin inside the period."""
    judging = family.in_force(period)
    if judging.charges is None:
        return ()
    later = [c for c in family.contracts
             if c.effective and period.start < c.effective <= period.end]  # fmt: skip
    if not later or not judging.charges.pro_rata:
        return charges_of(judging.charges, period)
    ends = [each.effective - _DAY for each in later if each.effective]
    parts = charges_of(judging.charges, replace(period, end=ends[0]))
    for contract, end in zip(later, [*ends[1:], period.end], strict=True):
        if contract.charges and contract.effective:
            charges = _divided(contract.charges, contract.effective)
            parts += charges_of(charges, replace(period, start=contract.effective, end=end))
    return parts


def _divided(charges: Charges, begin: date) -> Charges:
    """An amendment's charges by days, from its first day on."""
    first = _entry(charges, begin).model_copy(update={"starts": begin})
    later = tuple(each for each in charges.amounts if each.starts > begin)
    rises = tuple(each for each in charges.indexation or () if each.starts > begin)
    changes = {"pro_rata": True, "amounts": (first, *later), "indexation": rises}
    return charges.model_copy(update=changes)


def invoice(family: Family, period: Period) -> Fraction:
    """The charges of a period, rounded once to the minor unit: what all percentages are of."""
    charges = family.in_force(period).charges
    if charges is None:
        return Fraction(0)
    total = sum((part.exact for part in charges_in(family, period)), Fraction(0))
    return Fraction(rounded(total, charges.minor_digits, charges.rounding))


def _in_full(charges: Charges, day: date, share: Fraction) -> Part:
    amount, since = _in_force(charges, day)
    return Part(amount * share, f"{_price(charges, since)}{_of(share)}")


def _pro_rata(
    charges: Charges, begin: date, end: date, share: Fraction, days: int
) -> Iterator[Part]:
    span = [begin + n * _DAY for n in range((end - begin).days + 1)]
    for (amount, since), group in groupby(span, key=lambda day: _in_force(charges, day)):
        count = len(list(group))
        exact = amount * share * Fraction(count, days)
        part = f"{count} of {days} days at " if count < days else ""
        yield Part(exact, f"{part}{_price(charges, since)}{_of(share)}")


def _entry(charges: Charges, day: date) -> ChargePeriod:
    """The amount in force on a day; before the first one, the first."""
    entries = charges.schedule
    return next((each for each in reversed(entries) if each.starts <= day), entries[0])


def _in_force(charges: Charges, day: date) -> tuple[Fraction, date]:
    """The amount in force on a day and the day it holds from."""
    entry = _entry(charges, day)
    return Fraction(entry.amount), entry.starts


def _price(charges: Charges, since: date) -> str:
    amount, _ = _in_force(charges, since)
    money = text(rounded(amount, charges.minor_digits, charges.rounding), charges.currency)
    rise = next((each for each in charges.indexation or () if each.starts == since), None)
    clause = f", {rise.clause}" if rise and rise.clause else ""
    indexed = f", indexed by {plain(rise.percent)} %{clause}" if rise else ""
    return f"{money} a {charges.per} (from {since}{indexed})"


def _of(share: Fraction) -> str:
    return "" if share == 1 else f" x {share}"


def explain(parts: Sequence[Part]) -> str:
    """How the charges came about, equal parts counted."""
    lines = [part.explanation for part in parts]
    counted = ((line, len(list(group))) for line, group in groupby(lines))
    return " + ".join(f"{n} x {line}" if n > 1 else line for line, n in counted)
