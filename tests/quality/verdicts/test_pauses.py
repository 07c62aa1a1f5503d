"""When a clock stands, goes on, restarts or changes its policy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpdesk import HelpDesk
from tests.quality.verdicts.tickets import ASKED, PAUSED, RESOLVED, clock, judge, ticket


@pytest.fixture
def desk(tmp_path: Path) -> HelpDesk:
    return HelpDesk(tmp_path)


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
