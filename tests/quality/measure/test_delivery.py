"""The moment of delivery: real repositories, pushed to between readings whose time the test sets.

Every moment is in UTC, as is the contract's zone. The third quarter ends when October begins.
"""

from __future__ import annotations

import shutil

import pytest

from reports.scorecard import json, terminal
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.measure.readings import at, push, read, rows, snapshot
from tests.repositories import Repository

pytestmark = pytest.mark.slow


def test_a_fix_dated_back_after_the_end_moves_nothing(desk: Desk, billing: Repository) -> None:
    bad = push(billing, 1, "2026-09-01")
    assert read(desk, "10-05").notices == []
    fix = push(billing, 2, "2026-09-10")
    assert read(desk, "10-06").notices == [
        "billing: a commit dated before a period's end came after it; "
        f"2026-Q3 keeps {bad[:12]} (now {fix[:12]} would stand)"
    ]
    found = snapshot(desk)
    assert (found.commit, found.read_at, found.late) == (bad, at("10-05"), False)
    assert [(each.commit, each.dropped) for each in found.challenges] == [(fix, False)]
    assert found.notices == (
        f"{bad} stands for 2026-Q3 since 2026-10-05; a commit dated before the period's end came "
        f"after it, as read on 2026-10-06, and {fix} would stand",
    )
    (then,) = desk.evaluate("2026-Q4")[0].snapshots
    assert then.commit == fix
    assert then.notices == (
        f"1 commit is dated before a reading that did not find it: {fix[:12]}, dated 2026-09-10 "
        "12:00 UTC, was not there on 2026-10-05 00:00 UTC",
    )
    assert read(desk, "10-07").notices == []  # said once, shown for ever
    assert len(snapshot(desk).challenges) == 1


def test_both_commits_stand_in_every_report(desk: Desk, billing: Repository) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "10-05")
    fix = push(billing, 2, "2026-09-10")
    read(desk, "10-06")
    evaluations = desk.evaluate(pages=True)
    page = html.page(evaluations[0])
    for text in (terminal.render(evaluations), json.render(evaluations), page):
        assert bad in text
        assert fix in text


def test_between_two_readings_the_claim_counts_within_their_bounds(
    desk: Desk, billing: Repository
) -> None:
    push(billing, 1, "2026-08-01")
    read(desk, "09-20")
    early = push(billing, 2, "2026-07-01")  # as when it is pushed long after it was made
    late = push(billing, 3, "2026-10-02")
    read(desk, "10-05")
    assert snapshot(desk).commit == early
    assert rows(desk, "select \"commit\" from deliveries where not_before = '2026-09-20'") == [
        (late,), (early,),
    ]  # fmt: skip
    assert "was not there on 2026-09-20" in snapshot(desk).notices[0]
    assert snapshot(desk, "2026-Q4").commit == late


def test_a_date_in_the_future_is_no_way_out_of_a_period(desk: Desk, billing: Repository) -> None:
    sha = push(billing, 1, "2030-01-01")
    read(desk, "09-10")
    read(desk, "10-05")
    found = snapshot(desk)
    assert found.commit == sha
    assert found.notices == (
        f"1 commit is dated after the reading that found it: {sha[:12]}, dated 2030-01-01 12:00 "
        "UTC, was there on 2026-09-10 00:00 UTC",
    )


def test_disordered_dates_are_named(desk: Desk, billing: Repository) -> None:
    push(billing, 1, "2026-08-01")
    sha = push(billing, 2, "2026-07-15")
    read(desk, "10-05")
    assert snapshot(desk).commit == sha
    assert [sha[:12] in each and "follows one of 2026-08-01" in each
            for each in snapshot(desk).notices] == [True]  # fmt: skip


def test_a_period_that_is_measured_later_is_judged_by_the_first_reading_after_it(
    desk: Desk, billing: Repository
) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "10-05", periods="2026-Q4")
    push(billing, 2, "2026-09-10")
    read(desk, "10-20")
    assert (snapshot(desk).commit, snapshot(desk).read_at) == (bad, at("10-05"))


def test_a_late_reading_says_so(desk: Desk, billing: Repository) -> None:
    push(billing, 1, "2026-09-01")
    read(desk, "10-15")
    assert snapshot(desk).late is False
    desk.database = desk.folder / "other.duckdb"
    shutil.rmtree(desk.folder / ".workmanship")
    read(desk, "10-15T00:00:01")
    assert snapshot(desk).late is True
    assert snapshot(desk).notices == (
        "first read on 2026-10-15, 15 days after the period's last day: until then its dates are "
        "the supplier's claim alone",
    )
    path = desk.contracts[0]
    path.write_text(path.read_text().replace("timezone:", "late_reading_days: 20\n  timezone:"))
    assert snapshot(desk).late is False
