"""The moment of delivery: real repositories, pushed to between readings whose time the test sets.

Every moment is in UTC, as is the contract's zone. The third quarter ends when October begins.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from quality.measure.engine import serial
from quality.measure.measurement import Measurement
from quality.model.evaluation import Snapshot
from reports.scorecard import json, terminal
from reports.scorecard.page import html
from tests.conftest import Desk, Quiet
from tests.repositories import Repository, run_git

pytestmark = pytest.mark.slow

Q3 = "2026-Q3"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def read(desk: Desk, when: str, periods: str | None = None) -> Measurement:
    """A reading at this moment of 2026."""
    desk.now = at(when)
    return desk.measure(periods=periods)


def push(repository: Repository, number: int, dated: str, *parents: str) -> str:
    """A commit, on the tip unless it has parents of its own."""
    text = f"def f(a):\n    return a + {number}\n"
    return repository.commit({"a.py": text}, at=f"{dated}T12:00:00Z", parents=parents or None)


def snapshot(desk: Desk, period: str = Q3) -> Snapshot:
    (found,) = desk.evaluate(period)[0].snapshots
    return found


def rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(desk.session.database, read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def billing(desk: Desk) -> Repository:
    """A repository without commits, and a contract over it."""
    desk.contract(["billing"])
    return Repository(desk.folder / "billing.git")


# ---------------------------------------------------------------- what was seen stands


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


# ---------------------------------------------------------------- rewritten history


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


# ---------------------------------------------------------------- branches come and go


def test_a_branch_that_is_deleted_and_made_again(desk: Desk, billing: Repository) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "09-20")
    billing.commit({"a.py": "x = 1\n"}, branch="other", at="2026-09-01T00:00:00Z")
    billing.delete("main")
    (problem,) = read(desk, "10-02").problems
    assert problem.endswith("correct the contract (it has other)")
    verdict = desk.verdicts()["TQ-1"]
    assert (verdict.outcome, snapshot(desk).commit) == ("unknown", None)
    assert "no branch 'main'" in verdict.reason
    push(billing, 2, "2026-09-10")  # a reading after the end found no branch: so it came later
    read(desk, "10-05")
    assert snapshot(desk).commit == bad
    assert [each.how for each in snapshot(desk).lost] == ["deleted", "rewritten"]


def test_what_stands_is_measured_and_judged_without_its_branch(
    desk: Desk, billing: Repository
) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "10-02")
    billing.delete("main")
    assert len(read(desk, "10-03").problems) == 1
    assert (snapshot(desk).commit, desk.verdicts()["TQ-1"].outcome) == (bad, "met")


def test_a_branch_that_is_renamed_in_the_contract(desk: Desk, billing: Repository) -> None:
    bad = push(billing, 1, "2026-09-01")
    read(desk, "10-02")
    good = billing.commit({"a.py": "x = 1\n"}, branch="release", at="2026-09-02T00:00:00Z",
                          parents=())  # fmt: skip
    path = desk.contracts[0]
    path.write_text(path.read_text().replace("branch: main", "branch: release"))
    read(desk, "10-20")
    found = snapshot(desk)
    assert (found.commit, found.late) == (good, True)
    assert f"the contract named main before, where {bad} stands; now {good} does" in found.notices


def test_two_branches_and_two_spellings_share_a_mirror(desk: Desk, billing: Repository) -> None:
    one = push(billing, 1, "2026-09-01")
    two = billing.commit({"a.py": "x = 1\n"}, branch="next", at="2026-09-02T00:00:00Z", parents=())
    other = desk.contract([billing.url], name="other")
    other.write_text(other.read_text().replace("branch: main", "branch: next"))
    third = desk.contract([f"file://localhost{billing.folder}/"], name="third")
    third.write_text(third.read_text().replace("{name: billing,", "{name: invoices,"))
    desk.now = at("10-02")
    assert desk.measure().problems == []
    assert [each.snapshots[0].commit for each in desk.evaluate()] == [one, two, one]
    assert len(list((desk.folder / ".workmanship" / "mirrors").glob("*.git"))) == 1
    assert rows(desk, "select distinct source from observations") == [(str(billing.folder),)]


def test_a_broken_object_on_another_branch_does_no_harm(desk: Desk, billing: Repository) -> None:
    tip = push(billing, 1, "2026-09-01")
    billing.commit({"b.py": "broken = 1\n"}, branch="other", parents=())
    oid = billing.blob("broken = 1\n")
    (billing.folder / "objects" / oid[:2] / oid[2:]).unlink()
    (billing.folder / "refs" / "heads" / "worse").write_text(f"{'1' * 40}\n")
    assert read(desk, "10-02").problems == []
    later = push(billing, 2, "2026-10-02")
    assert read(desk, "10-03").problems == []
    assert (snapshot(desk).commit, snapshot(desk, "2026-Q4").commit) == (tip, later)


# ---------------------------------------------------------------- what is lost on our side


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
