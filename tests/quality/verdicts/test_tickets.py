"""Clocks of tickets, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

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
READ = "2026-07-02 08:00"


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


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


# ---------------------------------------------------------------- the hours of the calendar


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


# ---------------------------------------------------------------- what counts


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


# ---------------------------------------------------------------- pauses


PAUSED = "      pauses: status\n"
ASKED = "      pauses: reply\n"


def test_a_clock_stands_over_the_weekend_while_the_customer_owes_an_answer(
    desk: HelpDesk,
) -> None:
    (row,) = judge(
        desk, RESOLVED,
        ticket("1", "04-16 09:00 P3", "04-17 10:00 status Waiting", "04-20 11:00 status Open",
               "04-21 16:00 status Resolved"),
        more=PAUSED,
    )  # fmt: skip
    # Thursday 7 h, Friday to 10:00 1 h; Monday 11 to 12 and 13 to 17 5 h; Tuesday 3 h, then due
    assert clock(row) == ("2026-04-21 10:00", 7 * 60 + 60 + 5 * 60 + 6 * 60, True)


def test_a_pause_that_lasts_beyond_the_limit_runs_again(desk: HelpDesk) -> None:
    (row,) = judge(
        desk, RESOLVED,
        ticket("1", "04-20 09:00 P3", "04-20 10:00 status Waiting"),
        more=PAUSED + "      pause_limit: 7 h\n",
    )  # fmt: skip
    # 1 h ran; 7 h may stand: Monday 10-12, 13-17 (6 h), Tuesday 9-10; 15 h more: Tuesday 6 h,
    # Wednesday 7 h, Thursday 2 h to 11:00
    assert row["due"] == "2026-04-23 09:00"


@pytest.mark.slow
def test_what_ran_beyond_a_limit_of_waiting_stays_where_the_next_policy_has_none(
    desk: HelpDesk,
) -> None:
    terms = "targets: {resolution: 16 h}, pauses: status"
    soft = f"{{name: soft, priority: [P2], calendar: office, {terms}}}"
    (row,) = judge(
        desk, RESOLVED,
        ticket("1", "04-20 09:00 P3", "04-20 10:00 status Waiting", "04-23 09:00 status Open",
               "04-23 09:00 priority P2", "04-23 12:00 status Resolved"),
        more=PAUSED + "      pause_limit: 7 h\n    - " + soft + "\n",
    )  # fmt: skip
    # 1 h, and beyond the 7 h that may stand 6 h of Tuesday and Wednesday's 7 h; then 3 of Thursday
    assert clock(row) == ("2026-04-23 09:00", 17 * 60, True)


@pytest.mark.slow
def test_without_a_limit_what_waits_is_never_due(desk: HelpDesk) -> None:
    assert judge(
        desk, RESOLVED, ticket("1", "04-20 09:00 P3", "04-20 10:00 status Waiting"), more=PAUSED
    ) == []  # fmt: skip


def test_asking_stops_the_clock_and_the_answer_starts_it(desk: HelpDesk) -> None:
    (row,) = judge(
        desk, RESOLVED,
        ticket("1", "04-20 09:00 P3", "04-20 10:00 reply agent", "04-22 10:00 reply customer",
               "04-22 11:00 reply robot", "04-22 12:00 status Resolved"),
        more=ASKED,
    )  # fmt: skip
    # 1 h, two days of waiting, 2 h; 13 h would have been left from 12:00 on: 4, 7, 2 h
    assert clock(row) == ("2026-04-24 09:00", 180, False)


# ---------------------------------------------------------------- opened again, changed


def test_a_re_opening_continues_the_clock(desk: HelpDesk) -> None:
    (row,) = judge(
        desk, RESOLVED,
        ticket("1", "04-20 09:00 P3", "04-21 17:00 status Resolved", "04-27 09:00 status Open",
               "04-27 12:00 status Closed"),
    )  # fmt: skip
    # 14 h, resolved for days, 3 h: 17 of 16 h
    assert clock(row) == ("2026-04-27 09:00", 17 * 60, True)


def test_or_it_restarts_and_each_turn_counts(desk: HelpDesk) -> None:
    rows = judge(
        desk, RESOLVED,
        ticket("1", "04-20 09:00 P3", "04-23 17:00 status Resolved", "04-27 09:00 status Open",
               "04-27 12:00 status Resolved"),
        more="      reopening: restarts\n",
    )  # fmt: skip
    # 28 of 16 h, and then 3 of 16: no re-opening wipes out the first
    assert sorted(map(clock, rows)) == [
        ("2026-04-22 09:00", 28 * 60, True), ("2026-04-29 09:00", 180, False),
    ]  # fmt: skip


def test_a_change_of_priority_takes_the_time_along(desk: HelpDesk) -> None:
    rows = judge(
        desk, RESOLVED,
        # 5 h of the office, then P1 of 4 h: used up at the change
        ticket("up", "04-20 10:00 P3", "04-20 16:00 priority P1", "04-20 16:30 status Resolved"),
        # 3 h round the clock, then 16 h of the office less 3: 2, 7 and 4 h, to 14:00
        ticket("down", "04-20 12:00 P1", "04-20 15:00 priority P3", "04-22 14:01 status Resolved"),
        # the target of P1 was used up when it was made P3
        ticket("late", "04-20 09:00 P1", "04-20 13:01 priority P3", "04-20 14:00 status Resolved"),
    )  # fmt: skip
    assert [(row["id"], row["due"], row["missed"], row["policy"]) for row in rows] == [
        ("down", "2026-04-22 12:00", True, "normal"),
        ("late", "2026-04-20 11:00", True, "urgent"),
        ("up", "2026-04-20 14:00", True, "urgent"),
    ]


@pytest.mark.slow
def test_or_a_ticket_keeps_the_policy_it_was_opened_under(desk: HelpDesk) -> None:
    (row,) = judge(
        desk, RESOLVED,
        ticket("1", "04-20 10:00 P3", "04-20 16:00 priority P1", "04-21 16:30 status Resolved"),
        more="      on_change: keeps\n",
    )  # fmt: skip
    assert (row["policy"], row["missed"]) == ("normal", False)


# ---------------------------------------------------------------- other indicators


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


# ---------------------------------------------------------------- relief


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
