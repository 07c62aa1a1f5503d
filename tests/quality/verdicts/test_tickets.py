"""Clocks of tickets, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import ANSWERED, OFFICE, READ, SUPPORT, clock, judge, ticket


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


@pytest.mark.slow
def test_the_lunch_break_and_the_night_do_not_count(desk: HelpDesk) -> None:
    (row,) = judge(desk, ANSWERED, ticket("1", "04-14 11:30 P3", "04-15 10:00 reply agent"))
    # due at 10:30 in Berlin: 30 minutes to noon, 4 hours to 17:00, 1 hour to 10:00 are 330
    assert clock(row) == ("2026-04-15 08:30", 330, False)


def test_what_comes_a_second_after_the_target_is_missed(desk: HelpDesk) -> None:
    rows = judge(
        desk,
        ANSWERED,
        ticket("1", "04-14 09:00 P3", "04-14 16:00:00 reply agent"),
        ticket("2", "04-14 09:00 P3", "04-14 16:00:01 reply agent"),
    )
    assert [clock(row) for row in rows] == [
        ("2026-04-14 14:00", 360, False), ("2026-04-14 14:00", 360, True),
    ]  # fmt: skip


def test_holidays_and_the_weekend_do_not_count(desk: HelpDesk) -> None:
    # Thursday 16:00, one hour; Good Friday to Easter Monday; Tuesday 9 to 12 and 13 to 15
    (row,) = judge(desk, ANSWERED, ticket("1", "04-02 16:00 P3", "04-07 15:00 reply agent"))
    assert clock(row) == ("2026-04-07 13:00", 360, False)


def test_a_clock_round_the_clock_runs_through_the_night_in_which_it_is_set(desk: HelpDesk) -> None:
    late = "{id: L, class: critical, indicator: tickets.resolution, minimum: 90, policy: urgent}"
    desk.agree(late, timezone="Europe/Berlin", more=OFFICE + SUPPORT.format(more=""))
    rows = ticket("1", "03-29 00:30 P1", "03-29 05:30 status Resolved")
    rows += ticket("2", "03-28 00:30 P1", "03-28 05:30 status Resolved")
    desk.received(rows, READ)
    verdict = desk.judged("2026-Q1")
    # 0:30 to 5:30 is four hours where clocks are set from 2 to 3, and five on the day before
    assert verdict.measured
    assert (verdict.measured.numerator, verdict.measured.denominator) == (1, 2)


def test_a_ticket_belongs_to_the_period_in_which_it_is_due(desk: HelpDesk) -> None:
    rows = judge(
        desk,
        ANSWERED,
        ticket("due before", "03-31 09:00 P3", "04-01 16:00 reply agent"),
        ticket("due after", "06-30 12:00 P3", "06-30 13:00 reply agent"),
        ticket("open past the target", "06-29 09:00 P3"),
        ticket("not yet due", "06-30 16:00 P3"),
    )
    assert [(row["id"], row["missed"], row["ended"]) for row in rows] == [
        ("open past the target", True, "goes on")
    ]


def test_a_robot_s_answer_is_none_and_neither_are_notes_and_closing(desk: HelpDesk) -> None:
    rows = judge(
        desk,
        ANSWERED,
        ticket("robot", "04-14 09:00 P3", "04-14 09:00 reply robot", "04-16 09:00 reply agent"),
        ticket("note", "04-14 09:00 P3", "04-14 09:30 note"),
        ticket("closed", "04-14 09:00 P3", "04-14 09:30 status Closed"),
        ticket("customer", "04-14 09:00 P3", "04-14 09:30 reply customer"),
    )
    assert all(row["missed"] for row in rows)
    assert [row["due"] for row in rows] == ["2026-04-14 14:00"] * 4


@pytest.mark.slow
def test_who_is_a_robot_may_be_said_by_name(desk: HelpDesk) -> None:
    desk.agree(
        ANSWERED, timezone="Europe/Berlin", source="    robots: ['*bot@acme.example']\n",
        more=OFFICE + SUPPORT.format(more=""),
    )  # fmt: skip
    desk.received(
        [*ticket("1", "04-14 09:00 P3"),
         "1,2026-04-14 09:01,reply,,AutoBot@acme.example,agent",
         *ticket("2", "04-14 09:00 P3"), "2,2026-04-14 09:01,reply,,eve@acme.example,agent"],
        READ,
    )  # fmt: skip
    verdict = desk.judged("2026-Q2")
    assert verdict.measured
    assert (verdict.measured.numerator, verdict.measured.denominator) == (1, 2)


@pytest.mark.slow
def test_an_answer_in_the_second_of_the_opening_is_in_time(desk: HelpDesk) -> None:
    (row,) = judge(desk, ANSWERED, ticket("1", "04-14 09:00 P3", "04-14 09:00 reply agent"))
    assert clock(row) == ("2026-04-14 14:00", 0, False)
