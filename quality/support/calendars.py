"""A calendar as stretches of time: the hours of each day by the clock on the wall.

A moment counts if the clock on the wall shows a time within the day's hours. So where clocks are
set forward the hour that is skipped is missing, and where they are set back the hour that comes
twice counts twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from quality.contract.sections.calendars import Calendar
from quality.support.intervals import Stretch, union

DAY = 86400
_EPOCH = date(1970, 1, 1)


def stretches(versions: Sequence[Calendar], begins: int, ends: int) -> list[Stretch]:
    """The hours of a calendar between two moments, by its versions; without any version all time
    counts."""
    if not versions:
        return [(begins, ends)] if begins < ends else []
    found: list[Stretch] = []
    ordered = sorted(versions, key=lambda each: each.effective or date.min)
    for number, version in enumerate(ordered):
        after = ordered[number + 1].effective if number + 1 < len(ordered) else None
        first = version.effective if number else None
        found += _of_version(version, first, after, (begins, ends))
    return union(
        (max(one, begins), min(other, ends))
        for one, other in found
        if one < ends and other > begins
    )


def _of_version(
    version: Calendar, first: date | None, after: date | None, within: Stretch
) -> Iterator[Stretch]:
    """The hours of a version on the days from ``first`` to the day before ``after`` (None: no
    bound), around a stretch of time."""
    spans, holidays = version.spans, {*version.holidays}
    for begins, ends, offset in _offsets(version.timezone, *within):
        number = (begins + offset) // DAY
        while number * DAY - offset < ends:
            day = _EPOCH + timedelta(days=number)
            in_force = (first is None or day >= first) and (after is None or day < after)
            if in_force and day not in holidays:
                midnight = number * DAY - offset
                for one, other in spans[day.weekday()]:
                    yield max(begins, midnight + one), min(ends, midnight + other)
            number += 1


@cache
def _offsets(timezone: str, begins: int, ends: int) -> tuple[tuple[int, int, int], ...]:
    """The stretches in which a zone's clocks differ from UTC by the same seconds, and by how
    many."""
    zone = ZoneInfo(timezone)
    found = []
    at, offset = begins, _offset(zone, begins)
    day = begins
    while day < ends:
        following = min(day + DAY, ends)
        if (then := _offset(zone, following)) != offset:
            change = _change(zone, day, following)
            found.append((at, change, offset))
            at, offset = change, then
        day = following
    if at < ends:
        found.append((at, ends, offset))
    return tuple(found)


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The moment between two at which a zone's clocks are set."""
    offset = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == offset else (before, middle)
    return after


def _offset(zone: ZoneInfo, moment: int) -> int:
    found = datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset()
    assert found is not None  # noqa: S101  # it has a zone
    return int(found.total_seconds())
