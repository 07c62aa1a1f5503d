"""A bundle beside its repository: the one thing that a consistent lie cannot survive."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from quality.catalogue.tools import installed as real
from quality.evidence import remeasuring
from quality.evidence.archive import unpack
from quality.evidence.remeasuring import Sample
from tests.conftest import Desk
from tests.quality.evidence.conftest import Case, tampered, verified
from tests.repositories import Repository

pytestmark = pytest.mark.slow

Said = pytest.CaptureFixture[str]


def test_what_was_measured_is_measured_again(case: Case, bundle: Path, capsys: Said) -> None:
    code, said = verified(capsys, bundle, "--repository", f"billing={case.repository.url}")
    assert code == 0, said
    for commit in case.commits[1:]:
        assert re.search(rf"agrees    billing: commit {commit[:12]} and its \d files", said)
    # a.py, b.py, c.py and the test; the notes are no code
    assert re.search(r"agrees    billing: 4 of 4 contents, measured again by \d+ analyzers", said)
    assert "not seen" not in said


@pytest.fixture
def lying(case: Case, changing: Desk, tmp_path: Path) -> Path:
    """The bundle of a database in which the complex functions were made simple: facts, counts and
    verdicts agree."""
    with duckdb.connect(changing.session.database) as database:
        database.execute("update functions set ccn = 1")
        database.execute("delete from snapshot_values")
    path = tmp_path / "lying.zip"
    path.write_bytes(case.make())
    return path


def test_a_consistent_lie_is_found_by_measuring_again_and_by_nothing_else(
    case: Case, lying: Path, capsys: Said
) -> None:
    levels = json.loads(unpack(lying)["evaluation.json"])["service_levels"]
    assert [each["outcome"] for each in levels] == ["met", "failed", "met"]
    code, said = verified(capsys, lying)
    assert (code, "differs" in said) == (0, False)
    code, said = verified(capsys, lying, "--repository", f"billing={case.repository.url}")
    assert code == 1
    wrong = [line for line in said.splitlines() if line.startswith("differs")]
    assert len(wrong) == 1, "only b.py has functions of another complexity than 1"
    assert "billing: b.py (" in wrong[0]
    assert "by lizard: 2 rows in the bundle alone, 2 here alone" in wrong[0]


def test_another_repository_differs(bundle: Path, tmp_path: Path, capsys: Said) -> None:
    """It has none of the commits: that cannot be seen, and is no pass."""
    other = Repository(tmp_path / "other.git")
    other.commit({"a.py": "x = 1\n"})
    code, said = verified(capsys, bundle, "--repository", f"billing={other.url}")
    assert (code, said.count("is not there")) == (3, 2), said


def test_a_repository_that_is_gone_is_not_seen(bundle: Path, tmp_path: Path, capsys: Said) -> None:
    code, said = verified(capsys, bundle, "--repository", f"billing={tmp_path / 'gone.git'}")
    assert (code, "not seen  billing: cannot mirror" in said) == (3, True), said


def test_a_file_that_the_bundle_leaves_out(case: Case, bundle: Path, capsys: Said) -> None:
    """A file of data is no part of any count: only the repository shows that it is missing."""
    name = f"files/{case.commits[2]}.jsonl"

    def edit(entries: dict[str, bytes]) -> None:
        rows = entries[name].splitlines(keepends=True)
        entries[name] = b"".join(row for row in rows if b"notes.md" not in row)

    path = tampered(bundle, edit, restate=True)
    assert verified(capsys, path)[0] == 0
    code, said = verified(capsys, path, "--repository", f"billing={case.repository.url}")
    assert (code, f"docs/notes.md at {case.commits[2][:12]}: the repository has another" in said) \
        == (1, True), said  # fmt: skip


def test_analyzers_of_other_versions_are_no_witnesses(
    case: Case, bundle: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine with another lizard the others look; with another Python nobody does."""
    words = ("--repository", f"billing={case.repository.url}")
    for tool, others in (("lizard", True), ("python", False)):
        monkeypatch.setattr(
            remeasuring, "installed", lambda name, tool=tool: "9" if name == tool else real(name)
        )
        code, said = verified(capsys, bundle, *words)
        told = [line for line in said.splitlines() if "would find again" in line]
        assert (code, len(told)) == (3, 1), said
        assert f"{tool} " in told[0]
        assert ("contents, measured again by" in said) is others


def test_a_file_that_is_listed_twice(case: Case, bundle: Path, capsys: Said) -> None:
    """Simple code that counts twice would dilute the complex."""
    name = f"files/{case.commits[2]}.jsonl"

    def edit(entries: dict[str, bytes]) -> None:
        (row,) = (row for row in entries[name].splitlines(keepends=True) if b'"docs/' in row)
        entries[name] = entries[name].replace(row, row + row)

    path = tampered(bundle, edit, restate=True)
    code, said = verified(capsys, path, "--repository", f"billing={case.repository.url}")
    assert (code, "docs/notes.md at" in said) == (1, True), said


def test_the_dates_of_the_branch_are_told(case: Case, bundle: Path, capsys: Said) -> None:
    """A commit that was pushed after the reading, and dated before the period's end."""
    repository = Repository(bundle.parent / "later.git")
    repository.git("fetch", "--quiet", case.repository.url, "main:main")
    words = ("--repository", f"billing={repository.url}")
    code, said = verified(capsys, bundle, *words)
    last = f"{case.commits[2][:12]} is the last commit on main that is dated before the end of"
    assert (code, f"agrees    billing: {last} 2026-Q3" in said) == (0, True), said
    later = repository.commit({"z.py": "x = 1\n"}, at="2026-09-01T00:00:00Z")
    code, said = verified(capsys, bundle, *words)
    assert (code, f"by the dates on main it would be {later}" in said) == (0, True), said


def test_a_sample_is_the_same_for_both_parties(case: Case, bundle: Path, capsys: Said) -> None:
    words = ("--repository", f"billing={case.repository.url}", "--sample", "30%")
    code, said = verified(capsys, bundle, *words)
    assert (code, said) == verified(capsys, bundle, *words)
    assert "agrees    billing: 2 of 4 contents (30%, drawn by sha256:" in said, said
    assert "not seen  billing: the 2 contents that were not drawn" in said
    blobs = [f"{n:040x}" for n in range(1000)]
    one, other = (Sample(Fraction(1, 20), seed).of(blobs) for seed in ("a", "b"))
    assert (len(one), len(other)) == (50, 50)
    assert one != other


@pytest.mark.parametrize(
    "words", [["--sample", "0%"], ["--sample", "101%"], ["--sample", "5"], ["--repository", "x"],
              ["--repository", "nobody=/x"], ["--key", "/nowhere.pem"]],
)  # fmt: skip
def test_a_wrong_command_line(bundle: Path, capsys: Said, words: list[str]) -> None:
    code, said = verified(capsys, bundle, *words)
    assert (code, len(said.splitlines())) == (2, 1), said


def test_the_mirror_of_the_bundle_is_gone_afterwards(
    case: Case, bundle: Path, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    verified(capsys, bundle, "--repository", f"billing={case.repository.url}", "--sample", "1%")
    left = [each.name for each in (tmp_path / "t").iterdir() if each.name.startswith("workmanship")]
    assert left == []
    shutil.rmtree(tmp_path / "t")
