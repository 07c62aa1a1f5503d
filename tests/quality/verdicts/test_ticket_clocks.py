"""The clocks that the database runs, held against a count of every five minutes: whatever is made
up here happens at full ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.sections.calendars import Calendar
from quality.contract.sections.support import CLOCKS, Policy, Support
from quality.model.records import Ticket, TicketEvent
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.store.records import Arrival, Intake, add_source, next_reading
from quality.store.views import Cut, View, Window
from quality.support.calendars import stretches
from tests.examples import examples

BEGIN = datetime(2026, 3, 26, tzinfo=UTC)  # clocks are set in Berlin on the 29th
SPOKEN = BEGIN + timedelta(days=8)
LAST = BEGIN + timedelta(days=16)  # what is due later is not compared
STEP = 300  # seconds
DONE = {"Resolved": "resolved", "Closed": "closed"}
TABLES = ("response_clocks", "next_response_clocks", "resolution_clocks", "closure_clocks")


def step(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


# ---------------------------------------------------------------- step by step


@dataclass
class State:
    """What stands in a ticket at a moment, and who spoke last."""

    status: str = ""
    priority: str = ""
    spoke: str = ""


@dataclass
class Terms:
    """Policies with the steps of their calendars; what they say is read once, not at each step."""

    support: Support
    open: list[set[int]]

    def __post_init__(self) -> None:
        policies = self.support.policies
        self.targets = [[n and n // STEP for n in each.targets.seconds] for each in policies]
        self.stands = [each.stands for each in policies]

    def policy(self, state: State) -> int:
        values = {"priority": state.priority, "queue": "", "group": "", "type": ""}
        found = self.support.policy(values)
        assert found is not None
        return found


def states(ticket: Ticket, opened: int) -> dict[int, State]:
    """By step, what stands from it on."""
    found: dict[int, State] = {}
    state = State()
    for event in sorted(ticket.events, key=lambda each: each.at):
        if event.kind == "status":
            state = State(event.value, state.priority, state.spoke)
        elif event.kind == "priority":
            state = State(state.status, event.value, state.spoke)
        elif event.kind == "reply" and event.role in {"agent", "customer"}:
            state = State(state.status, state.priority, event.role)
        found[max(step(event.at), opened)] = state
    return found


def counted(ticket: Ticket, terms: Terms, kind: str) -> Iterator[tuple[int | None, ...]]:
    """(due, end, steps to the end, missed) of each clock of a kind that has a target and is due
    by ``LAST``; steps since 1970."""
    opened = min(step(each.at) for each in ticket.events if each.kind == "created")
    by_step = states(ticket, opened)
    clock: Clock | None = None
    state, first = by_step[opened], terms.policy(by_step[opened])
    answered = min((max(step(each.at), opened) for each in ticket.events
                    if each.kind == "reply" and each.role == "agent"), default=None)  # fmt: skip
    for now in range(opened, step(LAST)):
        state = by_step.get(now, state)
        keeps = terms.support.policies[first].on_change == "keeps"
        place = first if keeps else terms.policy(state)
        policy = terms.support.policies[place]
        over = {
            "first_response": answered is not None and now >= answered,
            "next_response": answered is None or now < answered or state.spoke != "customer",
            "resolution": DONE.get(state.status) is not None,
            "closure": DONE.get(state.status) == "closed",
        }[kind]
        begins = now == opened if kind != "next_response" else not over and clock is None
        if clock is None and begins:
            clock = Clock(terms, CLOCKS.index(kind))
        if clock is None:
            continue
        if not over:
            again = clock.end is not None
            if again and (policy.reopening == "restarts" or kind == "next_response"):
                yield clock.told()
                clock = Clock(terms, CLOCKS.index(kind))
            clock.end = None
            clock.run(now, place, _waits(policy, state))
        elif clock.end is None:
            clock.ends(now, place)
    if clock:
        yield clock.told()


def _waits(policy: Policy, state: State) -> bool:
    if policy.pauses == "status":
        return state.status == "Waiting"
    return policy.pauses == "reply" and state.spoke == "agent"


class Clock:
    """A clock that is wound step by step."""

    def __init__(self, terms: Terms, kind: int) -> None:
        self._terms, self._kind = terms, kind
        self.used = self.stood = 0
        self.due: int | None = None
        self.end: int | None = None
        self.missed = False
        self._policy: int | None = None

    def target(self, policy: int) -> int | None:
        return self._terms.targets[policy][self._kind]

    def run(self, now: int, policy: int, waits: bool) -> None:
        self._reach(now, policy)
        self._policy = policy
        if now in self._terms.open[policy]:
            self.stood += waits
            stands = self._terms.stands[policy]
            self.used += not waits or (stands is not None and self.stood > stands // STEP)
        self._reach(now + 1, policy)

    def ends(self, now: int, policy: int) -> None:
        self.end = now
        self._policy = policy if self._policy is None else self._policy

    def _reach(self, now: int, policy: int) -> None:
        target = self.target(policy)
        if target is not None and self.used >= target:
            self.due = now if self.due is None else self.due
            self.missed = self.missed or self.used > target

    def told(self) -> tuple[int | None, ...]:
        assert self._policy is not None
        used, target = self.used, self.target(self._policy)
        due = self.due
        if self.end is not None and due is None and target is not None:
            left = target - used
            for now in range(self.end, step(LAST)):
                if left == 0:
                    break
                left -= now in self._terms.open[self._policy]
                if left == 0:
                    due = now + 1
        return (
            due,
            self.end,
            used if self.end is not None else None,
            int(self.missed or self.end is None),
        )


# ---------------------------------------------------------------- made up


hours = st.sampled_from([
    {"mon-fri": ("09:00-12:00", "13:00-17:00")},
    {"mon-sun": ("00:00-24:00",)},
    {"mon-thu": ("08:15-08:45", "09:30-10:00", "22:00-24:00"), "sat-sun": ("00:00-05:00",)},
    {"fri-mon": ("01:45-03:30", "20:00-21:15")},
])  # fmt: skip
durations = st.sampled_from(["", "15 min", "2 h", "7 h 30 min", "20 h"])
moments = st.integers(0, 8 * 24 * 60 // 5 - 1).map(lambda n: BEGIN + timedelta(minutes=5 * n))


@st.composite
def tickets(draw: st.DrawFn) -> list[Ticket]:
    found = []
    for number in range(draw(st.integers(1, 12))):
        at = sorted(draw(st.lists(moments, min_size=1, max_size=7)))
        events = [TicketEvent(at[0], "created"), TicketEvent(at[0], "status", "New")]
        events.append(TicketEvent(at[0], "priority", draw(st.sampled_from(["P1", "P2"]))))
        for moment in at[1:]:
            what = draw(st.sampled_from([
                ("status", "Waiting", ""), ("status", "Open", ""), ("status", "Resolved", ""),
                ("status", "Closed", ""), ("priority", "P1", ""), ("priority", "P2", ""),
                ("reply", "", "agent"), ("reply", "", "customer"), ("reply", "", "robot"),
                ("note", "", "agent"),
            ]))  # fmt: skip
            kind, value, role = what
            events.append(TicketEvent(moment, kind, value, "", role))  # type: ignore[arg-type]
        found.append(Ticket(str(number), "", tuple(events)))
    return found


@st.composite
def supports(draw: st.DrawFn) -> tuple[Support, tuple[Calendar, ...]]:
    calendars = [
        Calendar.model_validate({"name": name, "timezone": "Europe/Berlin", "hours": draw(hours),
                                 "holidays": ("2026-03-30",)})
        for name in ("a", "b")
    ]  # fmt: skip
    shared = {
        "pauses": draw(st.sampled_from(["none", "status", "reply"])),
        "reopening": draw(st.sampled_from(["continues", "restarts"])),
        "on_change": draw(st.sampled_from(["carries", "keeps"])),
    }
    policies = []
    for name, more in (("a", {"priority": ("P1",)}), ("b", {"otherwise": True})):
        targets = {clock: draw(durations) for clock in CLOCKS}
        given = {"name": name, **more, **shared}
        if calendar := draw(st.sampled_from(["a", "b", ""])):
            given["calendar"] = calendar
        limit = draw(st.sampled_from(["", "", "1 h", "6 h"]))
        policies.append({**given, "targets": {k: v for k, v in targets.items() if v}}
                        | ({"pause_limit": limit} if limit else {}))  # fmt: skip
    support = {"statuses": {"waiting": ("Waiting",)}, "policies": tuple(policies)}
    return Support.model_validate(support), tuple(calendars)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("clocks") / "x.duckdb") as opened:
        yield opened


def run(
    store: Store, some: list[Ticket], support: Support, calendars: tuple[Calendar, ...]
) -> dict[str, dict[str, list[tuple[Any, ...]]]]:
    """What the database says of each ticket, by the table of its clocks."""
    reading = next_reading(store)
    source = add_source(store, "X", f"desk-{reading}", "tickets")
    page = Arrival(source, reading, "", SPOKEN, SPOKEN)
    batch = Intake(store, source, whole=True).keep(page, some)
    cut = Cut(source, "desk", "tickets", batch.number, int(SPOKEN.timestamp()))
    view = View((cut,), support, calendars)
    scope = RecordScope(store, [Window(view, int(BEGIN.timestamp()), int(LAST.timestamp()))])
    found: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
    for table in TABLES:
        rows = scope._execute(
            f"select t.id, c.due, c.ended, c.elapsed, c.missed from {table} as c "
            "join standing_tickets as t using (view, version) order by t.id, c.due",
            None,
        ).fetchall()
        for id, due, ended, elapsed, missed in rows:
            if due is not None and due <= LAST.timestamp():
                end = (ended / STEP, elapsed / STEP) if ended else (None, None)
                row = (due / STEP, *end, int(missed))
                found.setdefault(id, {}).setdefault(table, []).append(row)
    return found


@examples(24)
@given(tickets(), supports())
def test_every_clock_is_what_a_count_of_steps_says(
    store: Store, some: list[Ticket], terms: tuple[Support, tuple[Calendar, ...]]
) -> None:
    support, calendars = terms
    first, last = int(BEGIN.timestamp()), int(LAST.timestamp())
    by_policy = [
        {
            at
            for begins, ends in stretches(
                [each for each in calendars if each.name == policy.calendar], first, last
            )
            for at in range(begins // STEP, ends // STEP)
        }
        for policy in support.policies
    ]
    found = run(store, some, support, calendars)
    for ticket in some:
        for kind, table in zip(CLOCKS, TABLES, strict=True):
            told = counted(ticket, Terms(support, by_policy), kind)
            expected = Counter(
                each for each in told if each[0] is not None and each[0] < last // STEP
            )
            got = [each for each in found.get(ticket.id, {}).get(table, [])
                   if each[0] < last // STEP]  # fmt: skip
            assert Counter(got) == expected, (ticket, kind)
