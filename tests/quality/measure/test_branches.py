"""Branches that go, come again, are renamed or share a mirror."""

from __future__ import annotations

import pytest

from tests.conftest import Desk
from tests.quality.measure.readings import at, push, read, rows, snapshot
from tests.repositories import Repository

pytestmark = pytest.mark.slow


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
