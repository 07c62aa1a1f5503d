"""Calendars: the hours in which a service is owed, and their versions."""

import re
from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from quality.contract.sections.sources import file_place
from quality.contract.text import references
from quality.contract.text.section import Day, Identifier, Section, optional
from quality.contract.text.values import shown, wrong

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(2[0-4]|[01][0-9]):([0-5][0-9])", re.ASCII)
_DAYS = re.compile(r"([a-z]{3})(?:-([a-z]{3}))?", re.ASCII)
Span = tuple[int, int]
"""Seconds after midnight by the clock on the wall, half-open."""


def _span(text: str) -> Span:
    """The seconds of "09:00-17:30"."""
    match = _SPAN.fullmatch(text.replace(" ", ""))
    begins, ends = (
        (3600 * int(match[1]) + 60 * int(match[2]), 3600 * int(match[3]) + 60 * int(match[4]))
        if match
        else (0, 0)
    )
    if not 0 <= begins < ends <= 86400:
        raise wrong(
            f"{shown(text)} is not a time range: write 09:00-17:30, to 24:00 at the latest; split "
            "one over midnight in two, to 24:00 and from 00:00 on the next day"
        )
    return begins, ends


def _spans(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = sorted(map(_span, texts))
    for (_, before), (after, _) in pairwise(found):
        if after < before:
            raise wrong("has ranges that overlap: write each hour once")
    return texts


def _weekdays(text: str) -> tuple[int, ...]:
    """The days that a key such as mon, mon-fri or sat-mon names, Monday is 0."""
    match = _DAYS.fullmatch(text)
    names = [each for each in match.groups() if each] if match else []
    if not names or any(each not in DAYS for each in names):
        raise wrong(f"{shown(text)} names no days: write mon, or mon-fri")
    first, last = DAYS.index(names[0]), DAYS.index(names[-1])
    return tuple((first + n) % 7 for n in range((last - first) % 7 + 1))


def _hours(hours: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    named = [day for key in hours for day in _weekdays(key)]
    twice = {DAYS[day] for day in named if named.count(day) > 1}
    if twice:
        raise wrong(f"names {', '.join(sorted(twice))} twice: give each day its hours once")
    if not any(hours.values()):
        raise wrong("has no hours: nothing would ever be due")
    return hours


class Calendar(Section):
    """The hours of a service from ``effective`` on, until a later version of the same name."""

    name: Identifier = Field(description="How policies and services name the calendar")
    effective: Day | None = optional("The version's first day; without one it is the first version")
    timezone: Annotated[str, AfterValidator(references.timezone)] = Field(
        description="The time zone of the hours, such as Europe/Berlin"
    )
    hours: Annotated[
        dict[str, Annotated[tuple[str, ...], AfterValidator(_spans)]], AfterValidator(_hours)
    ] = Field(description="By day or days: mon-fri: [09:00-12:00, 13:00-17:00]")
    holidays: tuple[Day, ...] = Field((), description="Days without any hours")
    holidays_file: Annotated[str, AfterValidator(file_place)] = Field(
        "", description="An iCalendar file beside this contract, whose days have no hours either"
    )

    @field_validator("holidays")
    @classmethod
    def _each_once(cls, days: tuple[date, ...], info: ValidationInfo) -> tuple[date, ...]:
        del info
        if twice := sorted({day for day in days if days.count(day) > 1}):
            raise wrong(f"names {twice[0]} twice")
        return days

    @property
    def spans(self) -> tuple[tuple[Span, ...], ...]:
        """The stretches of each day of the week, Monday first."""
        found: list[tuple[Span, ...]] = [()] * 7
        for key, texts in self.hours.items():
            for day in _weekdays(key):
                found[day] = tuple(sorted(map(_span, texts)))
        return tuple(found)
