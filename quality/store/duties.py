"""What policies owe and by which hours, as tables that the SQL on tickets reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from quality.contract.parties import holder
from quality.contract.support import CLOCKS, MATCHED
from quality.store.views import View
from quality.support.calendars import DAY, stretches
from quality.support.intervals import Course, Stretch, less, union

Table = tuple[str, str, list[tuple[Any, ...]]]
AHEAD = 6 * 366 * DAY  # how far beyond all that is known a target is followed, in seconds
PARTS = 3  # stretches of a slot
STATES = "scope_states"


def duty_tables(views: Sequence[View], earliest: int) -> Iterator[Table]:
    """Name, columns and rows of each table; no ticket was opened before ``earliest``."""
    horizon = max([earliest, *(cut.spoken for view in views for cut in view.cuts)]) + AHEAD
    courses: list[tuple[object, ...]] = []
    found: list[list[Stretch]] = []
    policies = []
    for number, view in enumerate(views):
        now = max([earliest, *(cut.spoken for cut in view.cuts)])
        for place, policy in enumerate(view.support.policies):
            versions = tuple(each for each in view.calendars if each.name == policy.calendar)
            key = (versions, view.standstill)
            if key not in courses:
                courses.append(key)
                hours = stretches(versions, earliest, horizon)
                found.append(less(hours, union(view.standstill)))
            course = courses.index(key)
            policies.append((
                number, place, policy.name, course, policy.pauses, policy.stands,
                policy.reopening == "restarts", policy.on_change == "keeps",
                *policy.targets.seconds, earliest, horizon, Course(found[course]).passed(now),
            ))  # fmt: skip
    size, slots = _slots(found, earliest, horizon)
    yield (
        "scope_policies",
        "view integer, policy integer, name varchar, course integer, pauses varchar, "
        "stands bigint, restarts boolean, keeps boolean, "
        + ", ".join(f"{name} bigint" for name in CLOCKS)
        + ", earliest bigint, horizon bigint, passed_now bigint, slot_seconds bigint",
        [(*row, size) for row in policies],
    )
    parts = ", ".join(f"b{n} bigint, e{n} bigint" for n in range(1, PARTS + 1))
    yield "scope_courses", f"course integer, slot bigint, before bigint, {parts}", slots
    yield (
        "scope_open",
        "course integer, begins bigint, ends bigint, before bigint",
        [(number, *stretch, before)
         for number, course in enumerate(found)
         for stretch, before in zip(course, Course(course).before, strict=False)],
    )  # fmt: skip


def _slots(
    courses: Sequence[Sequence[Stretch]], begins: int, ends: int
) -> tuple[int, list[tuple[Any, ...]]]:
    """Time cut into slots of so many seconds that few stretches lie in each: a moment's slot then
    says how much passed before it."""
    for size in (DAY, 3600, 600, 60, 10, 1):
        found: list[tuple[Any, ...]] = []
        for number, course in enumerate(courses):
            rows = list(_of_course(number, course, size, (begins, ends)))
            if any(len(row) > 3 + 2 * PARTS for row in rows):
                break
            found += [(*row, *[begins] * (3 + 2 * PARTS - len(row))) for row in rows]
        else:
            return size, found
    raise AssertionError("a second holds one stretch")


def _of_course(
    number: int, course: Sequence[Stretch], size: int, within: Stretch
) -> Iterator[tuple[int, ...]]:
    """(course, slot, seconds before it, stretches in it) of each slot."""
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
        yield number, slot, before, *inside
        before += sum(inside[1::2]) - sum(inside[::2])


def states_read(
    views: Sequence[View], known: Sequence[tuple[int, str, str, str, str, str]]
) -> list[tuple[Any, ...]]:
    """(key of view and state, meaning, policy, holder, held) of each combination of values that
    tickets have: what its status means, the policy that takes it (None: none does), the party in
    whose hands it is (empty: nobody's; None: there are no parties), and whether that is whose part
    is counted."""
    found = []
    for number, view in enumerate(views):
        meanings = dict(view.support.meanings)
        for state, status, *words in known:
            values = dict(zip(MATCHED, words, strict=True))
            meaning, policy = meanings.get(status.lower(), "open"), view.support.policy(values)
            hands = holder(view.parties, values["queue"]) if view.parties else None
            held = view.party in ("", hands)
            found.append((number << 32 | state, meaning, policy, hands, held))
    return found
