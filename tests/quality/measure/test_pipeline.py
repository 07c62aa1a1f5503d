"""Measuring: what is measured anew, and what a broken source costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from quality.catalogue.recipes import load_recipe
from quality.measure.engine import Item, Result, serial
from tests.conftest import Desk, Quiet
from tests.quality.measure.modules import module
from tests.repositories import Repository

pytestmark = pytest.mark.slow
ANALYZERS = sum(part.reads("python") for part in load_recipe("2026.2").parts)

# ---------------------------------------------------------------- what is measured anew


def test_only_new_contents_are_measured(desk: Desk) -> None:
    billing = desk.repository("billing", {f"m{n}.py": module(n) for n in range(4)})
    desk.contract(["billing"])
    assert len(desk.measure().blobs) == 4
    assert len(desk.measure().blobs) == 0
    billing.commit({"m0.py": module(9), "new/m1.py": module(1)}, at="2026-09-01T00:00:00Z")
    assert len(desk.measure().blobs) == 1
    assert desk.verdicts()["TQ-1"].measured
    assert len(desk.facts()["measurements"]) == 5 * ANALYZERS


class Interrupted:
    """An engine that somebody stops before the rest of hostile chunks is measured."""

    jobs, calls = 1, 0

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        self.calls += 1
        if self.calls > 1:
            raise KeyboardInterrupt
        return map(function, items)


def test_what_a_hostile_file_took_long_for_is_kept_before_the_rest_is_tried(desk: Desk) -> None:
    deep = "x = 1" + " + \\\n 1" * 3000 + "\n"
    desk.repository("billing", {"a.py": module(1), "b.py": deep, "c.py": module(2) * 9_000})
    desk.contract(["billing"])
    session = desk.begun()
    with pytest.raises(KeyboardInterrupt):
        session.measure(session.ranges(None), Interrupted(), Quiet(), offline=False)
    kept = desk.facts()["measurements"]
    assert sum("pylint breaks on it" in each for each in kept) == 1
    assert 0 < len(kept) < 3 * ANALYZERS
    desk.measure(anew=True)
    assert len(desk.facts()["measurements"]) == 3 * ANALYZERS


def test_a_later_commit_of_a_period_takes_the_earlier_ones_place(desk: Desk) -> None:
    billing = desk.repository("billing", {"a.py": module(1)}, at="2026-10-05T00:00:00Z")
    desk.contract(["billing"])
    desk.now = datetime(2026, 11, 1, tzinfo=UTC)
    desk.measure(jobs=1)
    (first,) = desk.evaluate("2026-Q4")[0].snapshots
    billing.commit({"b.py": module(2)}, at="2026-12-31T23:59:59Z")
    billing.commit({"c.py": module(3)}, at="2027-01-01T00:00:00Z")
    desk.now = datetime(2027, 1, 2, tzinfo=UTC)
    assert desk.measure(jobs=1).absent == ["billing: no commit of main before the end of 2026-Q3"]
    (then,) = desk.evaluate("2026-Q4")[0].snapshots
    (last,) = desk.evaluate("2027-Q1")[0].snapshots
    assert [each.files for each in (first, then, last)] == [1, 2, 3]
    assert [each.challenges for each in (first, then, last)] == [(), (), ()]
    assert [each.notices for each in (first, then, last)] == [(), (), ()]


def test_paths_that_some_file_systems_cannot_tell_apart_are_said_and_measured(desk: Desk) -> None:
    files = {"A.py": module(1), "a.py": module(2), "caf\u00e9.py": module(3)}
    desk.repository("billing", files | {"cafe\u0301.py": module(4), "b.py": module(5)})
    desk.contract(["billing"])
    measurement = desk.measure(periods="2026-Q3")
    assert measurement.notices == [
        "billing: 'A.py' and 'a.py' differ by case or normal form only: both are measured",
        r"billing: 'cafe\u0301.py' and 'caf\xe9.py' differ by case or normal form only: both are "
        "measured",
    ]
    assert desk.evaluate()[0].snapshots[0].files == 5


def test_a_file_too_large_is_never_read(desk: Desk) -> None:
    desk.repository("billing", {"big.py": "x = 1\n" * 180_000, "a.js": "var x = 1;\n"})
    desk.contract(["billing"])
    assert desk.measure(jobs=1).problems == []
    (snapshot,) = desk.evaluate()[0].snapshots
    assert {(each.path, each.reason) for each in snapshot.unmeasured} == {
        ("big.py", "larger than 1048576 bytes")
    }
    assert len(snapshot.unmeasured) == ANALYZERS


# ---------------------------------------------------------------- broken sources


def test_every_broken_source_costs_one_line_and_the_others_go_on(desk: Desk) -> None:
    good = desk.repository("good", {"a.py": module(1)})
    Repository(desk.folder / "empty.git")
    desk.repository("branch", {"a.py": module(2)}).git("branch", "-m", "main", "develop")
    desk.repository("late", {"a.py": module(3)}, at="2026-10-01T00:00:00Z")
    good.commit({"a.py": module(4)}, at="2026-08-02T00:00:00Z")
    good.shallow(desk.folder / "shallow.git")
    damaged = desk.repository("damaged", {"a.py": module(5)})
    for file in (damaged.folder / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o644)
            file.write_bytes(b"rubbish")
    desk.contract(["missing", "empty", "branch", "late", "shallow", "damaged", "good"])
    measurement = desk.measure(periods="2026-Q3")
    problems = [*measurement.problems[:3], *measurement.absent, *measurement.problems[3:]]
    assert [line.partition(":")[0] for line in problems] == [
        "missing", "empty", "branch", "late", "shallow", "damaged",
    ]  # fmt: skip
    assert all(len(line.splitlines()) == 1 and len(line) < 400 for line in problems)
    said = dict(line.split(": ", 1) for line in problems)
    assert said["empty"] == "the repository has no commits yet"
    assert said["branch"].startswith("no branch 'main' in ")
    assert said["branch"].endswith("correct the contract (it has develop)")
    assert said["late"] == "no commit of main before the end of 2026-Q3"
    assert "git fetch --unshallow" in said["shallow"]
    assert str(desk.folder / "missing.git") in said["missing"]
    (evaluation,) = desk.evaluate()
    assert [bool(each.commit) for each in evaluation.snapshots] == [False] * 6 + [True]
    assert [each.reason for each in evaluation.snapshots] == [
        *(line.split(": ", 1)[1] for line in problems), "",
    ]  # fmt: skip
    assert evaluation.outcome == "unknown"


def test_a_period_that_went_on_after_the_last_look_is_unknown(desk: Desk) -> None:
    billing = desk.repository("billing", {"a.py": module(1)})
    desk.contract(["billing"])
    desk.now = datetime(2026, 9, 10, tzinfo=UTC)
    desk.measure(jobs=1)
    assert desk.verdicts()["TQ-1"].outcome == "met"
    billing.commit({"b.py": module(2)}, at="2026-09-20T00:00:00Z")
    desk.now = datetime(2026, 10, 1, 12, tzinfo=UTC)
    verdict = desk.verdicts()["TQ-1"]
    assert verdict.outcome == "unknown"
    assert verdict.reason.startswith("billing: not read since the period ended")
    desk.session.measure(desk.session.ranges(None), serial, Quiet(), offline=True)
    assert desk.verdicts()["TQ-1"].outcome == "unknown"
    desk.measure(jobs=1)
    assert desk.verdicts()["TQ-1"].outcome == "met"
    assert desk.evaluate()[0].snapshots[0].files == 2


def test_a_source_that_was_measured_once_keeps_its_snapshots(desk: Desk) -> None:
    billing = desk.repository("billing", {"a.py": module(1)})
    desk.contract(["billing"])
    desk.measure(jobs=1)
    (before,) = desk.evaluate()
    tip = billing.tip()
    billing.folder.rename(desk.folder / "away.git")
    assert len(desk.measure(jobs=1).problems) == 1
    (after,) = desk.evaluate()
    assert [(each.commit, each.how) for each in after.snapshots[0].lost] == [(tip, "deleted")]
    told = before.snapshots[0].notices
    assert set(told) < set(after.snapshots[0].notices)
    snapshots = tuple(replace(each, lost=(), notices=told) for each in after.snapshots)
    assert replace(after, snapshots=snapshots) == before


def test_a_database_can_be_read_while_nobody_writes(desk: Desk) -> None:
    desk.repository("billing", {"a.py": module(1)})
    desk.contract(["billing"])
    desk.measure(jobs=1)
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print(); input()"
    reader = subprocess.Popen(
        [sys.executable, "-u", "-c", code, str(desk.session.database)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"\n"
        assert desk.verdicts()["TQ-1"].outcome == "met"
        reader.kill()


def test_the_end_tells_how_much_was_measured_and_what_could_not_be(desk: Desk) -> None:
    desk.repository("billing", {"a.py": "x = 1\n", "b.py": "def f(:\n", "c.py": "x = 2\n"})
    desk.contract(["billing"])
    result = desk.measure()
    assert (len(result.blobs), len(result.unmeasured)) == (3, 1)
    assert result.told(125) == (
        "measured 3 new contents in 2 min 5 s, 1 of which an analyzer could not measure: the "
        "report says why"
    )
    assert desk.measure().told(0.2) == "measured 0 new contents in 0 s"
