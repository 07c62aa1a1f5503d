"""A status that the contract does not name: work counts as going on in it, and that is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from reports.scorecard.page import html
from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import READ, RESOLVED, ticket

SUPPORT = """\
support:
  statuses: {resolved: [Resolved], closed: [Closed], waiting: [Waiting]MORE}
  policies:
    - {name: all, otherwise: true, targets: {resolution: 16 h}}
"""
TICKETS = (
    ticket("1", "04-20 09:00 P3", "04-20 10:00 status Erledigt"),
    ticket("2", "04-21 09:00 P3", "04-21 10:00 status erledigt"),
    ticket("3", "04-22 09:00 P3", "04-22 10:00 status Geparkt", "04-22 11:00 status Resolved"),
    ticket("4", "04-23 09:00 P3", "04-23 10:00 status In Progress", "04-23 11:00 status CLOSED"),
    ticket("5", "02-02 09:00 P3", "02-02 10:00 status Geparkt", "02-02 11:00 status Resolved"),
    ticket("6", "06-02 09:00 P3", "06-02 11:00 status Resolved"),
)
TOLD = (
    'no list of support.statuses names "Erledigt" (2 tickets in the period) and "Geparkt" (1): '
    "work counts as going on there; name each as open, waiting, resolved or closed"
)


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def notices(desk: HelpDesk, more: str = "", period: str = "2026-Q2") -> tuple[str, ...]:
    desk.agree(RESOLVED, more=SUPPORT.replace("MORE", more))
    desk.received([row for each in TICKETS for row in each], READ)
    (reading,) = desk.judged(period).readings
    return reading.notices


def test_a_status_in_no_list_is_told_with_how_many_tickets(desk: HelpDesk) -> None:
    """Five tickets of the quarter: two are over by their own words, one was parked for an hour;
    whatever the case, and the one of February is another quarter's."""
    assert notices(desk) == (TOLD,)


def test_what_is_named_is_not_told(desk: HelpDesk) -> None:
    (told,) = notices(desk, ", open: [geparkt]")
    assert '"Geparkt"' not in told
    assert '"In Progress" (1)' in told, "what is written takes the place of the usual words"
    assert notices(desk, ", open: [geparkt, IN PROGRESS, Erledigt]") == ()


def test_small_letters_are_those_by_which_tickets_are_judged(desk: HelpDesk) -> None:
    """The database and Python write some capitals small in two ways."""
    desk.agree(RESOLVED, more=SUPPORT.replace("Waiting", '"\u0130ptal"').replace("MORE", ""))
    rows = ticket("1", "04-20 09:00 P3", "04-20 10:00 status \u0130PTAL")
    desk.received(rows, READ)
    assert desk.judged("2026-Q2").readings[0].notices == ()


def test_of_two_meanings_of_a_status_open_is_the_weakest(desk: HelpDesk) -> None:
    verdict_open = notices(desk, ", open: [Resolved, Geparkt, Erledigt, In Progress]")
    assert verdict_open == ()
    measured = desk.judged("2026-Q2").measured
    assert measured is not None
    assert (measured.numerator, measured.denominator) == (3, 5), "Resolved is resolved"


def test_many_are_told_by_the_most_tickets(desk: HelpDesk) -> None:
    desk.agree(RESOLVED, more=SUPPORT.replace("MORE", ""))
    rows = [
        row for n in range(7) for each in range(n + 1)
        for row in ticket(f"{n}-{each}", "04-20 09:00 P3", f"04-20 10:00 status S{n}")
    ]  # fmt: skip
    desk.received(rows, READ)
    (reading,) = desk.judged("2026-Q2").readings
    (told,) = reading.notices
    head = '"S6" (7 tickets in the period), "S5" (6), "S4" (5), "S3" (4), "S2" (3) and 2 more: '
    assert told.startswith(f"no list of support.statuses names {head}")


def test_what_came_after_the_reading_that_stands_is_not_told(desk: HelpDesk) -> None:
    notices(desk)
    later = [*TICKETS, ticket("9", "04-24 09:00 P3", "04-24 10:00 status Fertig")]
    desk.received([row for each in later for row in each], "2026-07-09 08:00")
    (reading,) = desk.judged("2026-Q2").readings
    assert TOLD in reading.notices


def test_every_report_tells_it(desk: HelpDesk, capsys: pytest.CaptureFixture[str]) -> None:
    notices(desk)
    words = [str(desk.contracts[0]), "--period", "2026-Q2"]
    run_command(["evaluate", *words])
    assert f"desk: {TOLD}" in capsys.readouterr().out
    run_command(["evaluate", *words, "--format", "json"])
    (level,) = json.loads(capsys.readouterr().out)["service_levels"]
    assert level["sources"][0]["notices"] == [TOLD]
    (evaluation,) = desk.evaluate("2026-Q2", pages=True)
    page = html.page(evaluation)
    assert page.count("no list of support.statuses names") == 1
    head = page.partition("<!-- contents -->")[0] or page
    assert "no list of support.statuses names" in head
