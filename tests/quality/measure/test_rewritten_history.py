"""Histories that were rewritten after they were read, and what stands then."""

from __future__ import annotations

import pytest

from tests.conftest import Desk
from tests.quality.measure.readings import at, push, read, snapshot
from tests.repositories import Repository, run_git

pytestmark = pytest.mark.slow


def test_a_rewrite_after_the_end_moves_nothing_and_the_commit_stays_readable(
    desk: Desk, billing: Repository
) -> None:
    base = push(billing, 1, "2026-07-05")
    bad = push(billing, 2, "2026-09-01")
    read(desk, "10-05")
    good = push(billing, 3, "2026-09-02", base)
    billing.git("reflog", "expire", "--expire=now", "--all")
    billing.git("gc", "--quiet", "--prune=now")
    assert read(desk, "10-06").notices == [
        f"billing: history was rewritten: {bad[:12]} is gone, {good[:12]} is the tip; "
        f"2026-Q3 keeps {bad[:12]} (now {good[:12]} would stand)"
    ]
    found = snapshot(desk)
    assert found.commit == bad
    assert [(each.commit, each.seen_at, each.how) for each in found.lost] == [
        (bad, at("10-06"), "rewritten")
    ]
    (mirror,) = (desk.folder / ".workmanship" / "mirrors").glob("*.git")
    assert run_git(mirror, f"--git-dir={mirror}", "show", f"{bad}:a.py").endswith("+ 2")


def test_every_rewritten_tip_is_kept_with_its_time(desk: Desk, billing: Repository) -> None:
    tips = []
    for day in ("08", "09", "10", "11"):
        billing.delete("main")
        tips.append(push(billing, int(day), f"2026-08-{day}"))
        read(desk, f"08-{day}T18:00")
    found = snapshot(desk)
    assert [each.commit for each in found.lost] == tips[:-1]
    assert [f"{each.seen_at:%m-%d}" for each in found.lost] == ["08-09", "08-10", "08-11"]
    assert found.commit == tips[-1]


def test_a_rewrite_with_dates_after_the_end_does_not_bring_back_older_code(
    desk: Desk, billing: Repository
) -> None:
    """What was the tip at the last reading before the end stands: no new commit is dated before."""
    base = push(billing, 1, "2026-07-05")
    bad = push(billing, 2, "2026-09-01")
    read(desk, "09-28")
    push(billing, 3, "2026-10-02", base)
    read(desk, "10-05")
    assert snapshot(desk).commit == bad
    assert snapshot(desk).notices[0].startswith(f"{bad} stands for 2026-Q3 since 2026-10-05; ")
    assert base in snapshot(desk).notices[0]


def test_a_rewrite_that_is_dated_before_the_end_counts(desk: Desk, billing: Repository) -> None:
    base = push(billing, 1, "2026-07-05")
    push(billing, 2, "2026-09-01")
    read(desk, "09-20")
    amended = push(billing, 3, "2026-09-25", base)
    read(desk, "10-05")
    assert snapshot(desk).commit == amended
    assert [each.how for each in snapshot(desk).lost] == ["rewritten"]


def test_history_that_is_restored_after_the_end_was_not_there_at_the_end(
    desk: Desk, billing: Repository
) -> None:
    base = push(billing, 1, "2026-07-05")
    good = push(billing, 2, "2026-08-01")
    read(desk, "08-10")
    bad = push(billing, 3, "2026-09-01", base)
    read(desk, "09-20")
    billing.point(good)
    read(desk, "10-05")
    assert snapshot(desk).commit == bad
    assert [each.commit for each in snapshot(desk).lost] == [good, bad]


def test_a_merge_that_takes_an_old_line_as_its_first_parent_is_named(
    desk: Desk, billing: Repository
) -> None:
    base = push(billing, 1, "2026-07-05")
    side = billing.commit({"a.py": "x = 1\n"}, at="2026-07-06T00:00:00Z", branch="side",
                          parents=(base,))  # fmt: skip
    bad = push(billing, 2, "2026-09-01")
    read(desk, "10-05")
    merge = billing.commit({"b.py": "y = 1\n"}, at="2026-09-02T00:00:00Z", parents=(side, bad))
    (line,) = read(desk, "10-06").notices
    assert line.startswith(f"billing: a merge turned the line: {bad[:12]} is gone, {merge[:12]}")
    assert snapshot(desk).commit == bad
    assert [(each.commit, each.how) for each in snapshot(desk).lost] == [(bad, "merged")]
