"""Time cut into slots in each of which few stretches lie, so that a join of equal slots finds what
counts of it: hash joins, where a search for the nearest stretch would sort all moments first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from quality.support.calendars import DAY
from quality.support.intervals import Course, Stretch

PARTS = 2  # stretches of a slot
_SIZES = (DAY, DAY // 2, DAY // 8, 3600, 600, 60, 10, 1)  # seconds
Slots = tuple[int, list[tuple[Any, ...]]]
"""The seconds of a slot, and the rows of all of them."""


def passed(courses: Sequence[Sequence[Stretch]], begins: int, ends: int) -> Slots:
    """How much passes before a moment: (course, slot of the moment, seconds before the slot, the
    stretches in it); a slot with fewer stretches has empty ones at ``begins``. Slots are numbered
    through all courses, see ``slots_before``."""
    for size in _SIZES:
        found: list[tuple[Any, ...]] = []
        for number, course in enumerate(courses):
            rows = list(_of_course(course, size, (begins, ends)))
            if any(len(row) > 2 + 2 * PARTS for row in rows):
                break
            shift = slots_before(number, size, begins, ends)
            found += [
                (number, shift + slot, *rest, *[begins] * (1 + 2 * PARTS - len(rest)))
                for slot, *rest in rows
            ]
        else:
            return size, found
    raise AssertionError("a second holds one stretch")


def slots_before(course: int, size: int, begins: int, ends: int) -> int:
    """What the number of a slot of ``size`` seconds since 1970 lacks to its number among those of
    all courses."""
    first, last = begins // size, ends // size
    return course * (last - first + 1) - first


def _of_course(course: Sequence[Stretch], size: int, within: Stretch) -> Iterator[tuple[int, ...]]:
    """(slot, seconds before it, stretches in it) of each slot."""
    before, at = 0, 0
    for slot in range(within[0] // size, within[1] // size + 1):
        first, last = slot * size, slot * size + size
        while at < len(course) and course[at][1] <= first:
            at += 1
        inside = []
        for place in count(at):
            if place == len(course) or course[place][0] >= last:
                break
            inside += [max(course[place][0], first), min(course[place][1], last)]
        yield slot, before, *inside
        before += sum(inside[1::2]) - sum(inside[::2])


def reached(courses: Sequence[Sequence[Stretch]]) -> Slots:
    """When so many seconds (more than 0) have passed: (course, slot of the seconds, what to add to
    them; the seconds beyond which they are in a second stretch, and what to add to them there; the
    last seconds of the slot that ever pass). The slot of seconds begins beyond its first one."""
    for size in _SIZES:
        found: list[tuple[int, ...]] = []
        for number, course in enumerate(courses):
            for row in _moments(number, course, size):
                if row is None:
                    break
                found.append(row)
            else:
                continue
            break
        else:
            return size, list(found)
    raise AssertionError("a second lies in one stretch")


def _moments(number: int, course: Sequence[Stretch], size: int) -> Iterator[tuple[int, ...] | None]:
    """The slots of a course, in order; None: one has too many stretches."""
    before, at = Course(course).before, 0
    for slot in range(-(-before[-1] // size)):
        low, high = slot * size, min(slot * size + size, before[-1])
        while before[at + 1] <= low:
            at += 1
        first = course[at][0] - before[at]
        beyond, second = high, first
        if before[at + 1] < high:
            beyond, second = before[at + 1], course[at + 1][0] - before[at + 1]
            if at + 2 < len(before) and before[at + 2] < high:
                yield None
                return
        yield number, slot, first, beyond, second, high
