"""Clocks that are split by hand-overs, held against a count of every five minutes: each of them is
somebody's or nobody's, and none is two parties'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.sections.calendars import Calendar
from quality.contract.sections.parties import Provider
from quality.contract.sections.support import Support
from quality.model.records import Ticket, TicketEvent
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.store.records import Arrival, Intake, add_source, next_reading
from quality.store.views import Cut, View, Window
from quality.support.calendars import stretches
from tests.examples import examples
from tests.quality.verdicts.test_ticket_clocks import (
    BEGIN,
    LAST,
    SPOKEN,
    STEP,
    hours,
    moments,
    step,
)

PARTIES = tuple(
    Provider.model_validate({"name": name, "queues": (pattern,)})
    for name, pattern in (("desk", "Desk*"), ("network", "*-net"))
)
HANDS = {"Desk 1": "desk", "DESK": "desk", "wan-net": "network", "Printers": "nobody",
         "": "nobody"}  # fmt: skip
WHO = ("", "desk", "network")


@dataclass
class Case:
    """Tickets, and by party ("": from end to end) its calendar and its target in steps."""

    tickets: list[Ticket]
    calendars: tuple[Calendar, ...]
    hours: dict[str, str]
    targets: dict[str, int]
    reopening: str

    @property
    def support(self) -> Support:
        policies = [
            {"name": who or "whole", "otherwise": True, "pauses": "status",
             "reopening": self.reopening,
             "targets": {"resolution": f"{self.targets[who] * STEP // 60} min"},
             **({"party": who} if who else {}),
             **({"calendar": self.hours[who]} if self.hours[who] else {})}
            for who in WHO
        ]  # fmt: skip
        given = {"statuses": {"waiting": ("Waiting",)}, "policies": tuple(policies)}
        return Support.model_validate(given)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    tickets = []
    for number in range(draw(st.integers(1, 10))):
        at = sorted(draw(st.lists(moments, min_size=2, max_size=9)))
        events = [TicketEvent(at[0], "created"),
                  TicketEvent(at[0], "queue", draw(st.sampled_from([*HANDS])))]  # fmt: skip
        for moment in at[1:]:
            kind, value = draw(st.sampled_from([
                *(("queue", name) for name in HANDS if name), ("queue", "wan-net"),
                ("status", "Waiting"), ("status", "Open"), ("status", "Resolved"),
            ]))  # fmt: skip
            events.append(TicketEvent(moment, kind, value))  # type: ignore[arg-type]
        tickets.append(Ticket(str(number), "", tuple(events)))
    calendars = tuple(
        Calendar.model_validate({"name": name, "timezone": "Europe/Berlin", "hours": draw(hours)})
        for name in ("a", "b")
    )
    shared = draw(st.sampled_from(["", "a"]))
    own = draw(st.booleans())
    return Case(
        tickets,
        calendars,
        {who: draw(st.sampled_from(["a", "b", ""])) if own else shared for who in WHO},
        {who: draw(st.sampled_from([3, 12, 48, 150])) for who in WHO},
        draw(st.sampled_from(["continues", "continues", "restarts"])),
    )


# ---------------------------------------------------------------- step by step


def states(ticket: Ticket) -> Iterator[tuple[int, str, str]]:
    """(step, status, who has it) of each step up to the moment of which the source speaks."""
    status, queue = "", ""
    events = sorted(ticket.events, key=lambda each: each.at)
    for now in range(step(events[0].at), step(SPOKEN)):
        while events and step(events[0].at) <= now:
            event = events.pop(0)
            status = event.value if event.kind == "status" else status
            queue = event.value if event.kind == "queue" else queue
        yield now, status, HANDS[queue]


def open_steps(case: Case) -> dict[str, set[int]]:
    first, last = int(BEGIN.timestamp()), int(LAST.timestamp())
    return {
        who: {
            at
            for begins, ends in stretches(
                [each for each in case.calendars if each.name == name], first, last
            )
            for at in range(begins // STEP, ends // STEP)
        }
        for who, name in case.hours.items()
    }


def counted(case: Case, ticket: Ticket, opened: dict[str, set[int]]) -> tuple[Counter[str], int]:
    """The steps that each party's clock runs, "" for all and "nobody" for what is nobody's by the
    calendar of all; and those of all that run while a party is beyond its own target."""
    ran: Counter[str] = Counter()
    over: Counter[str] = Counter()
    last = ("", "")
    for now, status, who in states(ticket):
        last = status, who
        if status in ("Resolved", "Waiting"):
            continue
        used_up = who != "nobody" and ran[who] >= case.targets[who]
        ran[who] += now in opened[who if who != "nobody" else ""]
        ran[""] += now in opened[""]
        over[who] += used_up and now in opened[""]
    holds = {last[1]} if last[0] != "Resolved" else set()
    missed = [who for who in WHO[1:] if ran[who] > case.targets[who]
              or (who in holds and ran[who] == case.targets[who])]  # fmt: skip
    return ran, sum(over[who] for who in missed if who == "network")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("clocks") / "x.duckdb") as opened:
        yield opened


def run(store: Store, case: Case) -> dict[tuple[str, str], tuple[Any, ...]]:
    """(elapsed, excess) in steps by ticket and party, as the database says."""
    reading = next_reading(store)
    source = add_source(store, "X", f"desk-{reading}", "tickets")
    page = Arrival(source, reading, "", SPOKEN, SPOKEN)
    batch = Intake(store, source, whole=True).keep(page, case.tickets)
    cut = Cut(source, "desk", "tickets", batch.number, int(SPOKEN.timestamp()))
    views = [
        View((cut,), case.support.of(who), case.calendars, parties=PARTIES, party=who)
        for who in WHO
    ]
    bounds = int(BEGIN.timestamp()), int(LAST.timestamp())
    scope = RecordScope(store, [Window(view, *bounds, relieving=(views[2],)) for view in views])
    rows = scope._execute(
        "select w.window, t.id, sum(c.elapsed), sum(list_sum(["
        "late.seconds for late in c.excess])) from resolution_clocks as c "
        "join standing_tickets as t using (view, version) join scope_windows as w using (view) "
        "group by all",
        None,
    ).fetchall()
    return {(id, WHO[n]): (elapsed / STEP, (excess or 0) / STEP) for n, id, elapsed, excess in rows}


@examples(8)
@given(cases())
def test_every_second_is_somebodys_or_nobodys_and_once(store: Store, case: Case) -> None:
    opened, found = open_steps(case), run(store, case)
    for ticket in case.tickets:
        ran, excess = counted(case, ticket, opened)
        got = {who: found.get((ticket.id, who), (0, 0)) for who in WHO}
        assert {who: each[0] for who, each in got.items()} == {who: ran[who] for who in WHO}, ticket
        assert got[""][1] == excess or case.reopening == "restarts", ticket
        if len(set(case.hours.values())) == 1:
            assert sum(got[who][0] for who in WHO[1:]) == got[""][0] - ran["nobody"], ticket
