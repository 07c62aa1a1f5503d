"""Rules by which a day comes again each year: RRULE of RFC 5545 with FREQ=YEARLY."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from collectors.records.text import UnreadableError, line_of

_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
}


@dataclass(frozen=True)
class Rule:
    """``weekdays``: which of them of a month (or of the year), 0 for each, and the day's number;
    ``positions``: which of a year's days count, by their place."""

    interval: int = 1
    count: int = 0
    until: date | None = None
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()

    @property
    def endless(self) -> bool:
        """Whether it has no last day."""
        return not self.count and self.until is None

    def days(self, begins: date, last: date) -> Iterator[date]:
        """The days from the first one on, to a last one; the first is always one of them."""
        if begins <= last:
            yield begins
        found = 1
        end = min(last, self.until or date.max)
        for year in range(begins.year, end.year + 1, self.interval):
            for day in self._of_a_year(year, begins):
                if day > end or (self.count and found >= self.count):
                    return
                if day > begins:
                    found += 1
                    yield day

    def _of_a_year(self, year: int, begins: date) -> list[date]:
        found = sorted(set(self._candidates(year, begins)))
        if not self.positions:
            return found
        places = (place - 1 if place > 0 else len(found) + place for place in self.positions)
        return sorted({found[place] for place in places if 0 <= place < len(found)})

    def _candidates(self, year: int, begins: date) -> Iterator[date]:
        if self.weekdays and not self.months and not self.month_days:
            yield from self._weekdays(date(year, 1, 1), date(year, 12, 31))
            return
        months = self.months or (range(1, 13) if self.month_days else (begins.month,))
        for month in months:
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            numbers = self.month_days or (() if self.weekdays else (begins.day,))
            days = {last.day + 1 + number if number < 0 else number for number in numbers}
            of_month = {date(year, month, day) for day in days if 1 <= day <= last.day}
            if self.weekdays:
                named = set(self._weekdays(first, last))
                of_month = of_month & named if self.month_days else named
            yield from of_month

    def _weekdays(self, first: date, last: date) -> Iterator[date]:
        for ordinal, weekday in self.weekdays:
            begin = first + timedelta(days=(weekday - first.weekday()) % 7)
            days = [
                begin + timedelta(days=7 * week) for week in range((last - begin).days // 7 + 1)
            ]
            if not ordinal:
                yield from days
            elif abs(ordinal) <= len(days):
                yield days[ordinal - 1 if ordinal > 0 else ordinal]


def rule(text: str) -> Rule:
    """The rule that a text says (UnreadableError: one that is not read)."""
    parts = dict[str, str]()
    for part in text.upper().split(";"):
        name, _, value = part.partition("=")
        if name not in _KNOWN or name in parts:
            raise UnreadableError(f"the rule has {line_of(part, 40)}, which is not read")
        parts[name] = value
    if parts.get("FREQ") != "YEARLY":
        raise UnreadableError("a rule that is not yearly: weekdays belong in the calendar")
    return Rule(
        _number(parts.get("INTERVAL", "1"), 1, 1_000),
        _number(parts["COUNT"], 1, 10_000) if "COUNT" in parts else 0,
        _until(parts.get("UNTIL", "")),
        tuple(_number(each, 1, 12) for each in _list(parts, "BYMONTH")),
        tuple(_signed(each, 31) for each in _list(parts, "BYMONTHDAY")),
        tuple(map(_weekday, _list(parts, "BYDAY"))),
        tuple(_signed(each, 366) for each in _list(parts, "BYSETPOS")),
    )


def _list(parts: dict[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _number(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most):
        raise UnreadableError(f"the rule has {line_of(text, 40) or 'nothing'} as a number")
    return int(text)


def _signed(text: str, most: int) -> int:
    number = _number(text.lstrip("+-"), 1, most)
    return -number if text.startswith("-") else number


def _weekday(text: str) -> tuple[int, int]:
    match = _DAY.fullmatch(text)
    if not match:
        raise UnreadableError(f"the rule has {line_of(text, 40) or 'nothing'} as a weekday")
    return int(match[1] or 0), _WEEK.index(match[2])


def _until(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:8])
    except ValueError:
        raise UnreadableError(f"the rule lasts until {line_of(text, 40)}, no date") from None
