"""Holidays in iCalendar files (RFC 5545): whole days, and those that come again each year.

Strict, since a holiday that is overlooked is an hour counted against somebody: what is no whole
day, and a rule that is not read here, are errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO, NamedTuple, NoReturn

from collectors.records.text import TextStream, UnreadableError, line_of
from collectors.records.yearly import Rule, rule

LARGEST = 16_000_000  # characters of a file
EVENTS = 5_000
EARLIEST = 1900  # the year from which days may come again each year
LONGEST = 366  # days of an event
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)', re.DOTALL)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d{6})(Z?))?", re.ASCII)
_LASTS = re.compile(r"\+?P(\d{1,3})([DW])(?:T0[HMS])*", re.ASCII)
_ESCAPED = re.compile(r"\\([nN\\,;])")


class Line(NamedTuple):
    """A property, with the line at which it begins."""

    number: int
    name: str
    parameters: str
    value: str


@dataclass
class Event:
    """A holiday: a day or several, once or each year; ``instead``: of which day of the event with
    the same ``uid`` it is."""

    line: int
    uid: str = ""
    name: str = ""
    begins: date | None = None
    ends: date | None = None
    within: bool = False
    """Whether it ends within a day."""
    timed: bool = False
    """Whether it begins at a moment, if at midnight."""
    days: int = 1
    rule: Rule | None = None
    more: list[date] = field(default_factory=list)
    without: set[date] = field(default_factory=set)
    instead: date | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class Feed:
    """The holidays of a file."""

    events: tuple[Event, ...]

    def days(self, first: date, last: date) -> list[tuple[date, str]]:
        """Each holiday from the first to the last day, with its name."""
        instead = {(event.uid, event.instead) for event in self.events if event.instead}
        found = set[tuple[date, str]]()
        for event in self.events:
            if not event.cancelled:
                for begin in _begins(event, first, last):
                    if event.instead or (event.uid, begin) not in instead:
                        each = (begin + timedelta(days=day) for day in range(event.days))
                        found |= {(day, event.name) for day in each if first <= day <= last}
        return sorted(found)

    @property
    def last(self) -> date | None:
        """The last day of which the file says anything; None: it has days of every year."""
        if any(event.rule and event.rule.endless for event in self.events):
            return None
        lasts = [day for event in self.events for day in _begins(event, date.min, date.max)]
        return max(lasts, default=None)


def holidays(file: BinaryIO, first: date, last: date) -> Iterator[tuple[date, str]]:
    """The holidays of a file from the first to the last day (UnreadableError)."""
    yield from read(file).days(first, last)


def read(file: BinaryIO) -> Feed:
    """The holidays of a file (UnreadableError)."""
    events, open_ = list[Event](), list[str]()
    for line in _lines(file):
        if line.name == "BEGIN":
            open_.append(line.value.upper())
            if open_[-1] == "VEVENT":
                events.append(Event(line.number))
            if open_[0] != "VCALENDAR" or len(open_) > 8 or len(events) > EVENTS:
                _wrong(line, "this is not a calendar of holidays")
        elif line.name == "END":
            if not open_ or open_.pop() != line.value.upper():
                _wrong(line, "something ends that did not begin")
            if line.value.upper() == "VEVENT":
                _complete(events[-1])
        elif not open_:
            _wrong(line, "this is not an iCalendar file")
        elif open_[-1] == "VEVENT":
            _take(events[-1], line)
    if open_ or not events:
        raise UnreadableError("it ends in the middle" if open_ else "it has no event")
    return Feed(tuple(events))


def _lines(file: BinaryIO) -> Iterator[Line]:
    """Each property; long ones are folded over several lines."""
    stream, text = TextStream(file), list[str]()
    while part := stream.read():
        text.append(part)
        if sum(map(len, text)) > LARGEST:
            raise UnreadableError(f"it is longer than {LARGEST:,} characters")
    unfolded, begin = "", 1
    for number, raw in enumerate([*"".join(text).replace("\r\n", "\n").split("\n"), ""], 1):
        if raw[:1] in (" ", "\t") and unfolded:
            unfolded += raw[1:]
            continue
        if unfolded.strip():
            match = _LINE.fullmatch(unfolded)
            if not match:
                raise UnreadableError(f"line {begin:,}: not a property of iCalendar")
            yield Line(begin, match[1].upper(), match[2].upper(), match[3].strip())
        unfolded, begin = raw, number


def _take(event: Event, line: Line) -> None:
    """A property of an event; most of them say nothing of a day."""
    if line.name in _TAKEN:
        try:
            _TAKEN[line.name](event, line)
        except UnreadableError as error:
            raise UnreadableError(f"line {line.number:,}: {error}") from None


def _begin(event: Event, line: Line) -> None:
    event.begins, event.timed = _day(line, line.value), "T" in line.value


def _end(event: Event, line: Line) -> None:
    """Where the begin is a day, calendars in use write any moment of the last one as the end."""
    day, _, time = line.value.partition("T")
    event.ends = _day(line, day)
    event.within = bool(time) and time != "000000"


def _duration(event: Event, line: Line) -> None:
    match = _LASTS.fullmatch(line.value.upper())
    if not match:
        raise UnreadableError(f"{line_of(line.value, 40)} is not a duration in whole days")
    event.days = int(match[1]) * (7 if match[2] == "W" else 1)


def _summary(event: Event, line: Line) -> None:
    event.name = line_of(_ESCAPED.sub(lambda found: _plain(found[1]), line.value), 200)


def _uid(event: Event, line: Line) -> None:
    event.uid = line.value[:300]


def _rule(event: Event, line: Line) -> None:
    if event.rule:
        raise UnreadableError("a second rule, which is not read")
    event.rule = rule(line.value)


def _more(event: Event, line: Line) -> None:
    event.more += [_day(line, value) for value in line.value.split(",")]


def _without(event: Event, line: Line) -> None:
    event.without.update(_day(line, value) for value in line.value.split(","))


def _instead(event: Event, line: Line) -> None:
    event.instead = _day(line, line.value)


def _status(event: Event, line: Line) -> None:
    event.cancelled = line.value.upper() == "CANCELLED"


def _unread(_: Event, line: Line) -> None:
    raise UnreadableError(f"{line.name} is not read: write EXDATE")


_TAKEN = {
    "DTSTART": _begin, "DTEND": _end, "DURATION": _duration, "SUMMARY": _summary, "UID": _uid,
    "RRULE": _rule, "RDATE": _more, "EXDATE": _without, "RECURRENCE-ID": _instead,
    "STATUS": _status, "EXRULE": _unread,
}  # fmt: skip


def _begins(event: Event, first: date, last: date) -> Iterator[date]:
    """The days at which an event begins, so that a part of it lies between two days."""
    begins = event.begins or date.min
    days = set(event.rule.days(begins, last) if event.rule else [begins]) | set(event.more)
    for day in sorted(days - event.without):
        if day <= last and day.toordinal() + event.days > first.toordinal():
            yield day


def _complete(event: Event) -> None:
    """What only a whole event can say (UnreadableError)."""
    if event.begins is None or event.begins.year < EARLIEST:
        raise UnreadableError(f"line {event.line:,}: an event without a credible DTSTART")
    if event.within and event.timed:
        raise UnreadableError(f"line {event.line:,}: an event that ends within a day")
    if event.ends:
        event.days = (event.ends - event.begins).days or 1
    if not 1 <= event.days <= LONGEST:
        raise UnreadableError(
            f"line {event.line:,}: an event that ends before it begins, or after {LONGEST} days"
        )


def _day(line: Line, value: str) -> date:
    """A day; a moment only where it is the midnight at which a day begins, wherever that is."""
    match = _STAMP.fullmatch(value.strip())
    if match and match[4] and (match[4] != "000000" or match[5]) and line.name != "EXDATE":
        raise UnreadableError(f"{line_of(value, 40)} is within a day: holidays are whole days")
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise UnreadableError(f"{line_of(value, 40)} is not a date")


def _plain(letter: str) -> str:
    return " " if letter in "nN" else letter


def _wrong(line: Line, what: str) -> NoReturn:
    raise UnreadableError(f"line {line.number:,}: {what}")
