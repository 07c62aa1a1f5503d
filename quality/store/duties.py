"""What policies owe and by which hours, as tables that the SQL on tickets reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quality.contract.sections.parties import holder
from quality.contract.sections.support import CLOCKS, MATCHED
from quality.store.records import Values
from quality.store.scope import Table
from quality.store.slots import PARTS, passed, reached, slots_before
from quality.store.views import View
from quality.support.calendars import DAY, stretches
from quality.support.intervals import Course, less, union

AHEAD = 6 * 366 * DAY  # how far beyond all that is known a target is followed, in seconds
STATES = "scope_states"
DUTIES = ("scope_policies", "scope_courses", "scope_reached", "scope_open")  # see ``duty_tables``


def duty_tables(views: Sequence[View], earliest: int) -> Iterator[Table]:
    """Name, columns and rows of each table; no ticket was opened before ``earliest``."""
    horizon = max([earliest, *(cut.spoken for view in views for cut in view.cuts)]) + AHEAD
    keys: list[tuple[object, ...]] = []
    courses: list[Course] = []
    policies: list[tuple[Any, ...]] = []
    for number, view in enumerate(views):
        now = max([earliest, *(cut.spoken for cut in view.cuts)])
        for place, policy in enumerate(view.support.policies):
            versions = tuple(each for each in view.calendars if each.name == policy.calendar)
            key = (versions, view.standstill)
            if key not in keys:
                keys.append(key)
                hours = stretches(versions, earliest, horizon)
                courses.append(Course(less(hours, union(view.standstill))))
            course = keys.index(key)
            policies.append((
                number, place, policy.name, course, policy.pauses, policy.stands,
                policy.reopening == "restarts", policy.on_change == "keeps",
                *policy.targets.seconds, earliest, horizon, courses[course].passed(now),
            ))  # fmt: skip
    found = [each.stretches for each in courses]
    size, slots = passed(found, earliest, horizon)
    counted, moments = reached(found)
    yield (
        "scope_policies",
        "view integer, policy integer, name varchar, course integer, pauses varchar, "
        "stands bigint, restarts boolean, keeps boolean, "
        + ", ".join(f"{name} bigint" for name in CLOCKS)
        + ", earliest bigint, horizon bigint, passed_now bigint, slot_seconds bigint, "
        "slots_before bigint, counted_seconds bigint",
        [(*row, size, slots_before(row[3], size, earliest, horizon), counted) for row in policies],
    )
    parts = ", ".join(f"b{n} bigint, e{n} bigint" for n in range(1, PARTS + 1))
    yield "scope_courses", f"course integer, slot bigint, before bigint, {parts}", slots
    yield (
        "scope_reached",
        "course integer, slot bigint, shift bigint, beyond bigint, shift_beyond bigint, "
        "last bigint",
        moments,
    )
    yield (
        "scope_open",
        "course integer, begins bigint, ends bigint, before bigint",
        [(number, *stretch, before)
         for number, course in enumerate(courses)
         for stretch, before in zip(course.stretches, course.before, strict=False)],
    )  # fmt: skip


def states_read(views: Sequence[View], known: Sequence[Values]) -> list[tuple[Any, ...]]:
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
