"""What is counted of tickets beside their clocks, and what the ledger takes out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import (
    ANSWERED,
    OFFICE,
    PAUSED,
    READ,
    RESOLVED,
    SUPPORT,
    clock,
    judge,
    ticket,
)


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


def test_further_answers_have_clocks_of_their_own(desk: HelpDesk) -> None:
    further = "{id: L, class: critical, indicator: tickets.next_response, minimum: 90}"
    rows = judge(
        desk, further,
        ticket("1", "04-20 09:00 P3", "04-20 09:30 reply customer", "04-20 10:00 reply agent",
               "04-21 09:00 reply customer", "04-21 12:00 reply customer",
               "04-21 14:00 reply agent",
               "04-22 09:00 reply customer", "04-23 09:00 reply agent"),
    )  # fmt: skip
    # 9-12 and 13-14: 4 h; then 7 h of 6
    assert sorted(map(clock, rows)) == [
        ("2026-04-21 14:00", 240, False), ("2026-04-22 14:00", 420, True),
    ]  # fmt: skip


def test_a_percentile_is_a_value_that_occurred(desk: HelpDesk) -> None:
    level = (
        "{id: L, class: critical, indicator: tickets.first_response_time, minimum: 6, "
        "percentile: 75}"
    )
    judge(
        desk, level,
        *[ticket(str(n), "04-20 09:00 P3", f"04-20 1{n}:30 reply agent") for n in range(4)],
    )  # fmt: skip
    # 1.5, 2.5, 3 and 3.5 h: the third of four
    measured = desk.judged("2026-Q2").measured
    assert measured
    assert measured.exact == Fraction(3)


@pytest.mark.slow
def test_the_customer_s_time_is_measured(desk: HelpDesk) -> None:
    level = "{id: L, class: key, indicator: tickets.customer_wait_share}"
    judge(
        desk, level,
        ticket("1", "04-20 09:00 P3", "04-20 11:00 status Waiting", "04-21 11:00 status Open",
               "04-21 14:00 status Resolved"),
        more=PAUSED,
    )  # fmt: skip
    measured = desk.judged("2026-Q2").measured
    assert measured
    # 2 h, 1 + 4 + 2 h of waiting, 1 + 1 h
    assert (measured.numerator, measured.denominator) == (7 * 3600, 11 * 3600)


def test_opened_again_of_all_that_were_done(desk: HelpDesk) -> None:
    level = "{id: L, class: critical, indicator: tickets.reopened_share, minimum: 5}"
    rows = judge(
        desk, level,
        ticket("1", "04-20 09:00 P3", "04-21 17:00 status Resolved", "04-27 09:00 status Open"),
        ticket("2", "04-20 09:00 P3", "04-21 17:00 status Resolved", "04-27 09:00 status Closed"),
        ticket("3", "04-20 09:00 P3"),
        ticket("4", "03-20 09:00 P3", "03-21 17:00 status Resolved"),
    )  # fmt: skip
    assert [(row["id"], row["opened_again"]) for row in rows] == [
        ("1", "2026-04-27 07:00"), ("2", None),
    ]  # fmt: skip
    measured = desk.judged("2026-Q2").measured
    assert measured
    assert (measured.numerator, measured.denominator) == (1, 2)


def priorities_told(desk: HelpDesk, *exports: list[list[str]]) -> dict[str, int]:
    """What is counted of priorities beside the tickets of the last of some exports."""
    desk.agree(RESOLVED, timezone="Europe/Berlin", more=OFFICE + SUPPORT.format(more=""))
    for at, tickets in zip(("2026-05-02 08:00", READ)[-len(exports) :], exports, strict=True):
        desk.received([row for each in tickets for row in each], at)
    return {part: n for part, n in desk.judged("2026-Q2").parts if "priority" in part}


def test_a_priority_that_is_given_after_the_opening_has_not_changed(desk: HelpDesk) -> None:
    """One that is taken away has, and so has one that becomes another."""
    given = ticket("1", "04-20 09:00 ", "04-20 09:10 status New", "04-20 09:20 priority P3",
                   "04-20 16:00 status Resolved")  # fmt: skip
    taken = ticket("2", "04-20 09:00 P1", "04-20 09:10 priority", "04-20 16:00 status Resolved")
    other = ticket("3", "04-20 09:00 P1", "04-20 09:10 priority P3", "04-20 16:00 status Resolved")
    assert priorities_told(desk, [given, taken, other]) == {"of these whose priority changed": 2}


def test_an_export_before_the_priority_was_given_said_no_other_one(desk: HelpDesk) -> None:
    before = ticket("1", "04-20 09:00 ", "04-20 16:00 status Resolved")
    after = ticket("1", "04-20 09:00 P3", "04-20 16:00 status Resolved")
    assert priorities_told(desk, [before], [after]) == {}


def excuse(desk: HelpDesk, *entries: str) -> None:
    signed = (
        "approved_by: {customer: {name: Ada, date: 2026-07-01}, "
        "supplier: {name: Bob, date: 2026-07-01}}"
    )
    text = "format: workmanship.events/1\ncontract: HELP\nentries:\n"
    for number, entry in enumerate(entries):
        text += (
            f"  - {{id: E{number}, kind: excused_event, reason: r, raised_by: supplier, {entry}, "
            f"{signed}}}\n"
        )
    (desk.folder / "help.events.yaml").write_text(text, "utf-8")


@pytest.mark.slow
def test_an_excused_ticket_leaves_the_count(desk: HelpDesk) -> None:
    judge(desk, ANSWERED, ticket("1", "04-20 09:00 P3"),
          ticket("2", "04-20 09:00 P3", "04-20 09:30 reply agent"))  # fmt: skip
    assert desk.judged("2026-Q2").outcome == "failed"
    excuse(desk, "cause: third_party, from: 2026-04-20, to: 2026-04-21, service_levels: all, "
                 "records: ['1']")  # fmt: skip
    verdict = desk.judged("2026-Q2")
    assert verdict.measured
    assert verdict.without
    assert verdict.without.measured
    assert (verdict.outcome, verdict.measured.denominator) == ("met", 1)
    assert (verdict.without.outcome, verdict.without.measured.denominator) == ("failed", 2)


@pytest.mark.slow
def test_no_clock_runs_in_time_that_is_excused(desk: HelpDesk) -> None:
    judge(desk, ANSWERED, ticket("1", "04-20 09:00 P3", "04-21 14:00 reply agent"))
    assert desk.judged("2026-Q2").outcome == "failed"
    excuse(desk, "cause: maintenance, from: 2026-04-20, to: 2026-04-20, service_levels: all")
    verdict = desk.judged("2026-Q2")
    assert verdict.measured
    assert (verdict.outcome, verdict.measured.numerator) == ("met", 1)
