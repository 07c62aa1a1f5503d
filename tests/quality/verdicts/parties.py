"""Two parties at one desk: their terms, their tickets, and how tests read what is judged."""

from __future__ import annotations

from typing import Any

from quality.model.verdict import Verdict
from quality.store.database import Store
from quality.verdicts.explain import explain
from quality.verdicts.ticket_steps import ticket_steps
from tests.helpdesk import HelpDesk

READ = "2026-07-02 08:00"

PARTIES = """\
parties:
  - {name: desk, queues: ["Service Desk*"]}
  - {name: network, queues: ["Network*"]}
"""

SUPPORT = """\
support:
  statuses: {resolved: [Resolved], closed: [Closed], waiting: [Waiting]}
  policies:
    - {name: whole, targets: {first_response: 1 h, resolution: 8 h}, pauses: status}
    - {name: ours, party: desk, targets: {first_response: 1 h, resolution: 4 h}, pauses: status}
    - {name: lines, party: network, targets: {first_response: 1 h, resolution: 4 h},
       pauses: status}
"""

WHOLE = "{id: W, class: critical, indicator: tickets.resolution, minimum: 90}"

RELIEVED = ("{id: W, class: critical, indicator: tickets.resolution, minimum: 90, "
            "relieved_by: [network]}")  # fmt: skip

DESK = "{id: D, class: key, indicator: tickets.resolution, party: desk, minimum: 90}"

NETWORK = "{id: N, class: key, indicator: tickets.resolution, party: network, minimum: 90}"

ALL = (RELIEVED, DESK, NETWORK)


def ticket(name: str, *events: str) -> list[str]:
    """Rows of a ticket of April 2026 in UTC: "14 09:00 queue Network", "14 09:30 reply agent". The
    first is its opening, with its queue ("" for none)."""
    rows = []
    for number, event in enumerate(events):
        day, time, what, *rest = event.split(" ", 3)
        at, value = f"2026-04-{day} {time}", " ".join(rest)
        if number == 0:
            rows.append(f"{name},{at},created,,,")
        if what == "reply":
            rows.append(f"{name},{at},reply,,,{value}")
        elif value:
            rows.append(f"{name},{at},{what},{value},,")
    return rows


def judge(
    desk: HelpDesk, *tickets: list[str], levels: tuple[str, ...] = ALL, more: str = SUPPORT,
    parties: str = PARTIES,
) -> dict[str, Verdict]:  # fmt: skip
    """The verdicts of the second quarter, by service level."""
    desk.agree(*levels, more=parties + more)
    desk.received([row for each in tickets for row in each], READ)
    (evaluation,) = desk.evaluate("2026-Q2")
    return {each.id: each for each in evaluation.service_levels}


def clocks(desk: HelpDesk, level: str) -> list[tuple[str, str, int, bool]]:
    """(ticket, due, minutes, missed) of the clocks behind a service level."""
    session = desk.session
    with Store(session.database, read_only=True) as store:
        found = explain(store, session.requests("2026-Q2")[0], level, 100)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return sorted((r["id"], r["due"], r["minutes"], r["missed"]) for r in rows)


def steps(desk: HelpDesk, level: str, name: str) -> list[dict[str, Any]]:
    session = desk.session
    with Store(session.database, read_only=True) as store:
        found = ticket_steps(store, session.requests("2026-Q2")[0], level, name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def share(verdict: Verdict) -> tuple[int, int] | None:
    return (verdict.measured.numerator, verdict.measured.denominator) if verdict.measured else None


HANDED = ticket("1", "14 08:00 queue Service Desk", "14 10:00 queue Network",
                "14 15:00 queue Service Desk", "14 16:30 status Resolved")  # fmt: skip
