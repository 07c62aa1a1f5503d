"""Terms of a help desk, its tickets in brief, and how tests read a clock."""

from __future__ import annotations

from typing import Any

from quality.store.database import Store
from quality.verdicts.explain import explain
from tests.helpdesk import HelpDesk

OFFICE = """\
calendars:
  - name: office
    timezone: Europe/Berlin
    hours: {mon-thu: [09:00-12:00, 13:00-17:00], fri: [09:00-15:00]}
    holidays: [2026-04-03, 2026-04-06, 2026-05-01]
"""

SUPPORT = """\
support:
  statuses: {{resolved: [Resolved], closed: [Closed], waiting: [Waiting]}}
  policies:
    - {{name: urgent, priority: [P1], targets: {{first_response: 30 min, resolution: 4 h}}}}
    - name: normal
      otherwise: true
      calendar: office
      targets: {{first_response: 6 h, next_response: 6 h, resolution: 16 h, closure: 40 h}}
{more}"""

ANSWERED = "{id: L, class: critical, indicator: tickets.first_response, minimum: 90}"

RESOLVED = "{id: L, class: critical, indicator: tickets.resolution, minimum: 90}"

ASKED = "      pauses: reply\n"

READ = "2026-07-02 08:00"


def ticket(name: str, *events: str) -> list[str]:
    """Rows of a ticket: "03-05 10:00 status New"; stamps are of Berlin in 2026. The first is its
    opening, by priority."""
    rows = []
    for number, event in enumerate(events):
        day, time, what, *rest = event.split(" ", 3)
        value, role = "", ""
        if what == "reply":
            role = rest[0]
        elif rest:
            value = rest[0]
        if number == 0:
            rows.append(f"{name},2026-{day} {time},created,,,")
            what, value = "priority", what
        rows.append(f"{name},2026-{day} {time},{what},{value},,{role}")
    return rows


def judge(
    desk: HelpDesk, level: str, *tickets: list[str], more: str = "", at: str = READ
) -> list[dict[str, Any]]:
    """The clocks of the second quarter, by what explains them."""
    desk.agree(level, timezone="Europe/Berlin", more=OFFICE + SUPPORT.format(more=more))
    desk.received([row for each in tickets for row in each], at)
    session = desk.session
    with Store(session.database, read_only=True) as store:
        found = explain(store, session.requests("2026-Q2")[0], "L", 100)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    verdict = found.verdict
    if "missed" in found.columns:
        count = sum(not row["missed"] for row in rows), len(rows)
        got = verdict.measured and (verdict.measured.numerator, verdict.measured.denominator)
        assert got is None or verdict.indicator.endswith("_time") or got == count
    return sorted(rows, key=lambda row: row["id"])


def clock(row: dict[str, Any]) -> tuple[str, int, bool]:
    return row["due"], row["minutes"], row["missed"]


PAUSED = "      pauses: status\n"
