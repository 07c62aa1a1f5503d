"""The clocks of the slowest tickets, stretch by stretch, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quality.model.evidence import Evidence, TicketClock
from tests.examples import table
from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import OFFICE, READ, RESOLVED, SUPPORT, ticket

BERLIN = ZoneInfo("Europe/Berlin")
NEXT = RESOLVED.replace("resolution", "next_response")
CLOSED = RESOLVED.replace("resolution", "closure")
PAUSED = SUPPORT.format(more="      pauses: status\n")


def april(day: int, hour: int) -> int:
    return int(datetime(2026, 4, day, hour, tzinfo=BERLIN).timestamp())


def told(desk: HelpDesk, *rows: str, more: str = "") -> Evidence:
    desk.agree(RESOLVED, timezone="Europe/Berlin", more=OFFICE + PAUSED + more)
    desk.received(rows, READ)
    session = desk.session
    (evaluation,) = session.evaluate(session.requests("2026-Q2"), sink=lambda *_: None)
    (evidence,) = evaluation.scorecard.evidence
    return evidence


def clocks(desk: HelpDesk, *rows: str, more: str = "") -> tuple[TicketClock, ...]:
    return told(desk, *rows, more=more).clocks


def test_the_guide_s_example_stands_over_the_weekend(tmp_path: Path) -> None:
    (clock,) = clocks(
        HelpDesk(tmp_path),
        *ticket("T-1", "04-16 09:00 P3", "04-17 10:00 status Waiting", "04-20 11:00 status Open",
                "04-21 16:00 status Resolved"),
    )  # fmt: skip
    assert (clock.id, clock.began, clock.until) == ("T-1", april(16, 9), april(21, 16))
    assert (clock.due, clock.target, clock.missed) == (april(21, 12), 16 * 3600, True)
    ran = [(16, 9, 12), (16, 13, 17), (17, 9, 10), (20, 11, 12), (20, 13, 17), (21, 9, 12),
           (21, 13, 16)]  # fmt: skip
    expected = [("running", april(day, one), april(day, other)) for day, one, other in ran]
    expected.insert(3, ("waiting", april(17, 10), april(20, 11)))
    assert list(clock.stretches) == expected
    assert clock.elapsed == 19 * 3600


@pytest.mark.slow
def test_what_was_done_is_told_until_it_was_opened_again(tmp_path: Path) -> None:
    (clock,) = clocks(
        HelpDesk(tmp_path),
        *ticket("T-1", "04-13 09:00 P3", "04-13 11:00 status Resolved", "04-14 10:00 status Open",
                "04-14 12:00 status Resolved"),
    )  # fmt: skip
    assert clock.stretches == (
        ("running", april(13, 9), april(13, 11)),
        ("done", april(13, 11), april(14, 10)),
        ("running", april(14, 10), april(14, 12)),
    )
    assert (clock.elapsed, clock.missed) == (4 * 3600, False)


def test_it_is_drawn_as_running_where_the_customer_waits_beyond_the_limit(tmp_path: Path) -> None:
    (clock,) = clocks(
        HelpDesk(tmp_path),
        *ticket("T-1", "04-20 09:00 P3", "04-20 10:00 status Waiting", "04-21 17:00 status Open",
                "04-22 09:00 status Waiting", "04-22 16:00 status Resolved"),
        more="      pause_limit: 7 h\n",
    )  # fmt: skip
    # Monday's 6 h and one of Tuesday's may stand
    assert clock.stretches == (
        ("running", april(20, 9), april(20, 10)),
        ("waiting", april(20, 10), april(21, 10)),
        *[("running", april(day, one), april(day, other))
          for day, one, other in [(21, 10, 12), (21, 13, 17), (22, 9, 12), (22, 13, 16)]],
    )  # fmt: skip
    assert (clock.elapsed, clock.missed) == (13 * 3600, False)


@pytest.mark.slow
def test_ten_are_told_the_furthest_beyond_first(tmp_path: Path) -> None:
    rows = [
        row
        for number in range(12)
        for row in ticket(f"T-{number:02}", "04-13 09:00 P1",
                          f"04-13 {10 + number}:00 status Resolved")
    ]  # fmt: skip
    found = clocks(HelpDesk(tmp_path), *rows)
    assert [each.id for each in found] == [f"T-{number:02}" for number in range(11, 1, -1)]


@pytest.mark.slow
def test_weeks_are_counted_from_the_period_s_first_day(tmp_path: Path) -> None:
    rows = [
        # due on 1 April, 13:00, the first day: in time, and four hours later
        *ticket("T-1", "04-01 09:00 P1", "04-01 10:00 status Resolved"),
        *ticket("T-2", "04-01 09:00 P1", "04-01 17:00 status Resolved"),
        # the last minute of the seventh day, and the first of the eighth
        *ticket("T-3", "04-07 19:59 P1", "04-07 20:30 status Resolved"),
        *ticket("T-4", "04-07 20:00 P1", "04-07 20:30 status Resolved"),
    ]
    assert told(HelpDesk(tmp_path), *rows).weeks == ((0, 2, 1), (1, 1, 0))


def test_every_second_of_a_clock_went_somewhere(tmp_path: Path) -> None:
    """The guide's example: 19 hours ran, and from Friday 10:00 to Monday 11:00 the customer owed an
    answer. Of the five days and seven hours from Thursday 9:00 to Tuesday 16:00 the rest is night,
    lunch and the evening of the first day."""
    found = told(
        HelpDesk(tmp_path),
        *ticket("T-1", "04-16 09:00 P3", "04-17 10:00 status Waiting", "04-20 11:00 status Open",
                "04-21 16:00 status Resolved"),
    )  # fmt: skip
    assert dict(found.spent) == {
        "running": 19 * 3600, "waiting": 73 * 3600, "outside": (127 - 19 - 73) * 3600,
    }  # fmt: skip


def test_what_was_done_is_apart_and_clocks_are_summed_up(tmp_path: Path) -> None:
    """Two tickets: two hours and another two with 23 hours between them (lunch is none of it), and
    three hours of a morning."""
    found = told(
        HelpDesk(tmp_path),
        *ticket("T-1", "04-13 09:00 P3", "04-13 11:00 status Resolved", "04-14 10:00 status Open",
                "04-14 12:00 status Resolved"),
        *ticket("T-2", "04-15 09:00 P3", "04-15 12:00 status Resolved"),
    )  # fmt: skip
    assert dict(found.spent) == {"running": 7 * 3600, "done": 23 * 3600}


@pytest.mark.parametrize(
    ("level", "weeks", "states"),
    table(
        [
            # asked again at 11:00 and answered at 14:00, the lunch break between
            (NEXT, ((1, 1, 0),), {"running": 2 * 3600, "outside": 3600}),
            # closed after the 7 hours of the 13th and three of the 14th
            (CLOSED, ((2, 1, 0),), {"running": 10 * 3600, "outside": 17 * 3600}),
        ],
        {0},
    ),
)
def test_further_answers_and_closures_are_drawn_too(
    tmp_path: Path, level: str, weeks: tuple[tuple[int, int, int], ...], states: dict[str, int]
) -> None:
    desk = HelpDesk(tmp_path)
    desk.agree(level, timezone="Europe/Berlin", more=OFFICE + PAUSED)
    desk.received(
        ticket("T-1", "04-13 09:00 P3", "04-13 10:00 reply agent", "04-13 11:00 reply customer",
               "04-13 14:00 reply agent", "04-13 15:00 status Resolved",
               "04-14 12:00 status Closed"),
        READ,
    )  # fmt: skip
    session = desk.session
    (evaluation,) = session.evaluate(session.requests("2026-Q2"), sink=lambda *_: None)
    (found,) = evaluation.scorecard.evidence
    assert found.weeks == weeks
    assert dict(found.spent) == states
    (clock,) = found.clocks
    assert {state for state, _, _ in clock.stretches} == {"running"}
