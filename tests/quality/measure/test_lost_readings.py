"""Mirrors, databases and logs that are lost, and a clock that went back."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from quality.measure.engine import serial
from reports.scorecard import json
from tests.conftest import Desk, Quiet
from tests.quality.measure.readings import at, push, read, rows, snapshot
from tests.repositories import Repository, run_git

pytestmark = pytest.mark.slow


def test_a_new_database_begins_with_what_the_mirror_saw(desk: Desk, billing: Repository) -> None:
    base = push(billing, 1, "2026-07-05")
    bad = push(billing, 2, "2026-09-01")
    read(desk, "10-02")
    push(billing, 3, "2026-09-02", base)
    read(desk, "10-03")
    before = json.render(desk.evaluate(pages=True))
    desk.session.database.unlink()
    desk.now = at("10-30")
    session = desk.session
    session.measure(session.ranges(None), serial, Quiet(), offline=True)
    assert (snapshot(desk).commit, snapshot(desk).read_at) == (bad, at("10-02"))
    assert snapshot(desk).late is False
    assert json.render(desk.evaluate(pages=True)) == before


def test_without_its_mirror_the_database_still_tells_and_judges_what_stands(
    desk: Desk, billing: Repository
) -> None:
    base = push(billing, 1, "2026-07-05")
    bad = push(billing, 2, "2026-09-01")
    read(desk, "10-02")
    push(billing, 3, "2026-09-02", base)
    read(desk, "10-03")
    before = desk.verdicts()["TQ-1"]
    mirrors = desk.folder / ".workmanship" / "mirrors"
    shutil.rmtree(mirrors)
    assert read(desk, "10-04").problems == []  # the source still has it, and gives it by its id
    (mirror,) = mirrors.glob("*.git")
    assert run_git(mirror, f"--git-dir={mirror}", "cat-file", "-t", bad) == "commit"
    shutil.rmtree(mirrors)
    billing.git("reflog", "expire", "--expire=now", "--all")
    billing.git("gc", "--quiet", "--prune=now")
    measured = read(desk, "10-05")
    assert (measured.problems, measured.notices) == ([], [
        f"billing: {bad[:12]} stands, but the repository gives it no longer: what was measured of "
        "it still counts"
    ])  # fmt: skip
    assert snapshot(desk).commit == bad
    assert desk.verdicts()["TQ-1"] == before


def test_offline_observes_nothing(desk: Desk, billing: Repository) -> None:
    push(billing, 1, "2026-09-01")
    read(desk, "10-02")
    before = rows(desk, "select * from observations")
    assert len(before) == 1
    push(billing, 2, "2026-09-10")
    desk.now = at("10-20")
    session = desk.session
    session.measure(session.ranges(None), serial, Quiet(), offline=True)
    assert rows(desk, "select * from observations") == before


def test_a_clock_that_went_back_is_said_and_reorders_nothing(
    desk: Desk, billing: Repository
) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "10-05")
    fix = push(billing, 2, "2026-09-10")
    said = read(desk, "09-15").notices
    assert said[0] == (
        "the clock went back: it says 2026-09-15 00:00:00 UTC, and a repository was read at "
        "2026-10-05 00:00:00 UTC before: check this machine's clock (what is read now counts as "
        "read after that)"
    )
    desk.now = at("10-20")
    assert snapshot(desk).commit == bad
    assert [each.commit for each in snapshot(desk).challenges] == [fix]
    order = rows(desk, "select read_at, counted_at from observations order by number")
    assert order == [(datetime(2026, 10, 5), datetime(2026, 10, 5)),
                     (datetime(2026, 9, 15), datetime(2026, 10, 5))]  # fmt: skip
    assert any("the clock went back" in each for each in snapshot(desk, "2026-Q4").notices)


@pytest.mark.parametrize("line", ['{"branch": "main"', '{"branch": "main", "read_at": 5}', "\x00"])
def test_a_torn_line_of_the_log_counts_for_nothing(
    desk: Desk, billing: Repository, line: str
) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "10-02")
    (log,) = (desk.folder / ".workmanship" / "mirrors").glob("*.git/workmanship-readings")
    log.write_text(f"{log.read_text()}{line}\n")
    desk.session.database.unlink()
    read(desk, "10-30")
    assert (snapshot(desk).commit, snapshot(desk).late) == (bad, False)


def test_the_log_is_where_the_guide_says(desk: Desk, billing: Repository, tmp_path: Path) -> None:
    tip = push(billing, 1, "2026-09-01")
    read(desk, "10-02")
    (log,) = (tmp_path / ".workmanship" / "mirrors").glob("*.git/workmanship-readings")
    assert log.read_text() == (
        f'{{"branch": "main", "read_at": "2026-10-02T00:00:00+00:00", "tip": "{tip}"}}\n'
    )
