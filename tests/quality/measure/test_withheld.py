"""What a supplier delivers so that nobody can read it, what we lost ourselves, and whose cause it
is. The third quarter ends when October begins."""

from __future__ import annotations

import shutil

import pytest

from quality.model.evaluation import Snapshot
from tests.conftest import Desk
from tests.quality.measure import readings
from tests.quality.measure.readings import push
from tests.repositories import Repository

Q3, Q4 = "2026-Q3", "2026-Q4"
FAILS = "unmeasured: failed"
DEEP = "/".join(["d"] * 65) + "/x.py"


def read(desk: Desk, when: str) -> tuple[list[str], list[str], list[str]]:
    """A reading at this moment of 2026: its problems, what is absent, and its notices."""
    found = readings.read(desk, when)
    return found.problems, found.absent, found.notices


def judged(desk: Desk, period: str) -> tuple[Snapshot, str]:
    """The snapshot of a period, and what becomes of its service level."""
    (found,) = desk.evaluate(period)
    (level,), (snapshot,) = found.service_levels, found.snapshots
    return snapshot, level.outcome


@pytest.fixture
def billing(desk: Desk) -> Repository:
    """A repository without commits; its contract fails its supplier for what he withholds."""
    desk.contract(["billing"], head=FAILS)
    return Repository(desk.folder / "billing.git")


def malformed(repository: Repository) -> None:
    """A commit on top with a date that no machine can hold, which git's check refuses."""
    tip = repository.tip()
    tree = repository.git("rev-parse", f"{tip}^{{tree}}")
    who = "A Developer <developer@example.com> 99999999999999999999 +0000"
    text = f"tree {tree}\nparent {tip}\nauthor {who}\ncommitter {who}\n\nChange\n"
    command = ("hash-object", "-t", "commit", "-w", "--literally", "--stdin")
    repository.point(repository.git(*command, stdin=text.encode()))


def test_a_commit_that_git_refuses_is_withheld(desk: Desk, billing: Repository) -> None:
    good = push(billing, 1, "2026-07-05")
    read(desk, "09-20")
    malformed(billing)
    problems, (absent,), _ = read(desk, "10-05")
    assert problems == []
    assert absent.startswith("billing: was read before and cannot be read any more: object ")
    snapshot, outcome = judged(desk, Q3)
    assert (snapshot.cause, outcome) == ("supplier", "failed")
    billing.point(good)
    assert read(desk, "10-07")[:2] == ([], [])  # repaired
    assert judged(desk, Q3)[1] == "met"


def test_what_nobody_ever_read_may_be_our_mistake(desk: Desk, billing: Repository) -> None:
    push(billing, 1, "2026-07-05")
    malformed(billing)
    (problem,), absent, _ = read(desk, "10-05")
    assert (problem.startswith("billing: cannot mirror"), absent) == (True, [])
    snapshot, outcome = judged(desk, Q3)
    assert (snapshot.cause, outcome) == ("ours", "unknown")


@pytest.mark.slow
def test_a_path_that_no_work_tree_holds_costs_its_own_period_alone(
    desk: Desk, billing: Repository
) -> None:
    push(billing, 1, "2026-07-05")
    read(desk, "07-10")
    billing.commit({DEEP: "x = 1\n"}, at="2026-09-01T12:00:00Z")
    _, (absent,), _ = read(desk, "09-20")
    assert "has a path that cannot be measured: d/d/" in absent
    assert judged(desk, Q3)[1] == "failed"  # and not by what was there before
    good = billing.commit({DEEP: None}, at="2026-10-20T12:00:00Z")
    read(desk, "11-05")
    assert judged(desk, Q3)[1] == "failed"
    snapshot, outcome = judged(desk, Q4)
    assert (snapshot.commit, outcome) == (good, "met")


def test_more_files_than_our_limit_are_no_doing_of_the_suppliers(
    desk: Desk, billing: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collectors.git.objects.MAX_ENTRIES", 1)
    billing.commit({"a.py": "x = 1\n", "b.py": "x = 1\n"}, at="2026-09-01T12:00:00Z")
    read(desk, "10-05")
    snapshot, outcome = judged(desk, Q3)
    assert (snapshot.cause, outcome) == ("ours", "unknown")


def test_a_database_put_back_from_a_backup_learns_what_it_missed(
    desk: Desk, billing: Repository
) -> None:
    push(billing, 1, "2026-07-05")
    read(desk, "07-10")
    backup = shutil.copy(desk.session.database, desk.folder / "backup")
    bad = push(billing, 2, "2026-09-01")
    read(desk, "10-05")
    billing.commit({"a.py": "x = 1\n"}, at="2026-09-02T12:00:00Z", parents=())
    shutil.copy(backup, desk.session.database)
    (notice,) = read(desk, "10-06")[2]
    assert notice.startswith(f"billing: history was rewritten: {bad[:12]} is gone")
    assert judged(desk, Q3)[0].commit == bad


@pytest.mark.slow
def test_a_place_of_which_all_is_known_may_go(desk: Desk, billing: Repository) -> None:
    push(billing, 1, "2026-07-05")
    read(desk, "10-05")
    new = Repository(desk.folder / "new.git")
    new.commit({"a.py": "x = 1\n"}, at="2026-10-01T12:00:00Z")
    contract = desk.contracts[0].read_text("utf-8").replace("billing.git", "new.git")
    contract = contract.replace(
        "  id: ACME\n", "  id: ACME-A\n  amends: ACME\n  effective: 2026-10-01\n"
    )
    (desk.folder / "acme.amendment-1.contract.yaml").write_text(contract, "utf-8")
    shutil.rmtree(billing.folder)
    problems, absent, (notice,) = read(desk, "10-06")
    assert (problems, absent) == ([], [])
    assert notice.startswith("billing: was read before and is gone: ")
    billing.folder.mkdir()  # there, and no repository
    problems, absent, (notice,) = read(desk, "10-07")
    assert (problems, absent) == ([], [])
    assert notice.startswith("billing: cannot mirror ")
    assert judged(desk, Q3)[1] == "met"


def test_a_period_that_was_not_read_says_why(desk: Desk, billing: Repository) -> None:
    push(billing, 1, "2026-07-05")
    read(desk, "07-10")
    (billing.folder / "HEAD").unlink()
    (problem,), _, _ = read(desk, "10-05")
    snapshot, outcome = judged(desk, Q3)
    assert (f"billing: {snapshot.reason}", outcome) == (problem, "unknown")
