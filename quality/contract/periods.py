"""The periods of a contract: calendar quarters or months, cut to the contract's term.

Pure functions of days. A period is known by its calendar name, ``2026-Q1`` or ``2026-01``.

A contract year runs from the contract's first day to the day before its anniversary. A contract
that starts on 29 February has its anniversary on 1 March where there is no such day. A period
belongs to the contract year in which it ends.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from quality.errors import UsageError
from quality.model.verdict import Period

_NAME = re.compile(r"([0-9]{4})-(?:Q([1-4])|(0[1-9]|1[0-2]))", re.ASCII)
_EXAMPLES = {"quarter": "2026-Q1", "month": "2026-01"}


class Term(Protocol):
    """What periods depend on; a contract is one. Both days belong to the term."""

    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date: ...
    @property
    def period(self) -> Literal["quarter", "month"]: ...


def today_in(timezone: str, now: datetime) -> date:
    """The day of ``now`` (with its zone) in the time zone of a contract."""
    return now.astimezone(ZoneInfo(timezone)).date()


def period_end_instant(period: Period, timezone: str) -> datetime:
    """The instant, in UTC, at which a period is over: a commit of it lies before.

    It is the first instant whose local day comes after the period's last. Where clocks skip
    midnight, that is the moment of the change; where they repeat it, the first of the two.
    """
    return day_begin_instant(period.end + timedelta(days=1), timezone)


def day_begin_instant(day: date, timezone: str) -> datetime:
    """The instant, in UTC, at which a day begins in a time zone."""
    return datetime.combine(day, time.min, ZoneInfo(timezone)).astimezone(UTC)


def periods(term: Term, today: date) -> tuple[Period, ...]:
    """All periods of the term that have begun by ``today``, oldest first."""
    return tuple(period for period in _all(term, today) if period.start <= today)


def default_period(begun: Sequence[Period]) -> Period:
    """The last finished of the periods that have begun, or the current one if none is finished
    (UsageError if none has begun)."""
    if not begun:
        raise UsageError("no period of the contract has begun yet: there is nothing to judge")
    finished = [period for period in begun if not period.to_date]
    return finished[-1] if finished else begun[-1]


def last_finished(
    length: Literal["quarter", "month"], today: date, number: int
) -> tuple[date, date]:
    """The first and the last day of the ``number`` calendar periods that are over on a day."""
    months = 3 if length == "quarter" else 1
    current = date(today.year, (today.month - 1) // months * months + 1, 1)
    year, month = divmod(current.year * 12 + current.month - 1 - number * months, 12)
    return date(year, month + 1, 1), current - timedelta(days=1)


def parse_period(text: str, term: Term, today: date) -> Period:
    """The period that ``text`` names (UsageError if the contract has none such, or not yet)."""
    first, _ = calendar_days(text)
    name = text.upper()
    if ("Q" in name) != (term.period == "quarter"):
        raise UsageError(
            f"{text}: the contract is judged by the {term.period}, "
            f"so name one as {_EXAMPLES[term.period]}"
        )
    found = next((period for period in _all(term, today) if period.id == name), None)
    if found is None:
        side = "before the contract starts" if first < term.starts else "after the contract ends"
        raise UsageError(f"period {name} lies {side}: its term is {term.starts} to {term.ends}")
    if found.start > today:
        raise UsageError(f"period {name} has not begun: it starts on {found.start}")
    return found


def parse_range(text: str, term: Term, today: date) -> tuple[Period, ...]:
    """The periods that have begun and that the range touches, as ``2024-Q1..2026-Q3`` or one name.

    Quarters and months are both understood, and what lies outside the term is left out, so that
    one range serves several contracts. UsageError: no range, turned round, or nothing in it.
    """
    left, dots, right = text.partition("..")
    first, last = calendar_days(left)[0], calendar_days(right if dots else left)[1]
    if last < first:
        raise UsageError(f"periods {text}: the first comes after the last: swap them")
    begun = periods(term, today)
    found = tuple(period for period in begun if period.start <= last and period.end >= first)
    if not found:
        known = f"{begun[0].id}..{begun[-1].id}" if begun else "none, it has not begun"
        raise UsageError(f"periods {text}: the contract has none of them; so far it has {known}")
    return found


def _all(term: Term, today: date) -> tuple[Period, ...]:
    """Every period of the whole term."""
    months = 3 if term.period == "quarter" else 1
    first = date(term.starts.year, (term.starts.month - 1) // months * months + 1, 1)
    found: list[Period] = []
    while first <= term.ends:
        after = months_later(first, months)
        end = min(after - timedelta(days=1), term.ends)
        found.append(Period(_name(first, months), max(first, term.starts), end, today <= end))
        first = after
    return tuple(found)


def months_later(first: date, months: int) -> date:
    """The first day of the month so many (12 at most) after that of ``first``."""
    return date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)


def _name(first: date, months: int) -> str:
    if months == 3:
        return f"{first.year:04}-Q{(first.month + 2) // 3}"
    return f"{first.year:04}-{first.month:02}"


def calendar_days(name: str) -> tuple[date, date]:
    """The first and last day of a calendar quarter or month (UsageError: it is none)."""
    match = _NAME.fullmatch(name.upper())
    if match is None or not 1970 <= int(match[1]) <= 2199:
        raise UsageError(f"{name!a} is not a period: write 2026-Q1 (quarter) or 2026-01 (month)")
    months = 3 if match[2] else 1
    first = date(int(match[1]), 3 * int(match[2]) - 2 if match[2] else int(match[3]), 1)
    return first, months_later(first, months) - timedelta(days=1)


def contract_year(starts: date, day: date) -> tuple[int, date, date]:
    """The contract year of a day: its number (1 is the first), first and last day."""
    number = max(1, day.year - starts.year)
    while _anniversary(starts, number) <= day:
        number += 1
    return (
        number,
        _anniversary(starts, number - 1),
        _anniversary(starts, number) - timedelta(days=1),
    )


def periods_of_year(term: Term, year: int) -> tuple[Period, ...]:
    """The periods of a contract year, those that are still to come included."""
    every = periods(term, term.ends)
    return tuple(p for p in every if contract_year(term.starts, p.end)[0] == year)


def _anniversary(starts: date, years: int) -> date:
    try:
        return starts.replace(year=starts.year + years)
    except ValueError:  # 29 February
        return date(starts.year + years, 3, 1)
