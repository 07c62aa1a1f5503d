"""The histories that a mirror keeps of a repository, also of one that was rewritten."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from collectors.git.mirror import Mirror
from quality.model.repository import Commit
from tests.collectors.git.histories import history, kept, refusal
from tests.repositories import Repository


def test_clone_then_fetch(repo: Repository, mirrors: Path) -> None:
    first = repo.commit({"a.py": "x = 1\n"}, at="2026-01-02T10:00:00+01:00")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert mirror.first_parents("main") == (Commit(first, datetime(2026, 1, 2, 9, tzinfo=UTC)),)
        second = repo.commit({"a.py": "x = 2\n"}, at="2026-01-03T10:00:00+00:00")
        mirror.sync(False, "main")
        assert [commit.sha for commit in mirror.first_parents("main")] == [second, first]
    assert history(mirrors, str(repo.folder)) == (second, first)
    assert history(mirrors, repo.url, offline=True) == (second, first)


def test_only_the_first_parent_line(repo: Repository, mirrors: Path) -> None:
    first = repo.commit({"a.py": "1"})
    side = repo.commit({"b.py": "2"}, branch="side", parents=(first,))
    own = repo.commit({"a.py": "3"})
    merge = repo.commit({"b.py": "2"}, parents=(own, side))
    assert history(mirrors, repo.url) == (merge, own, first)


def test_back_dated_commits_hide_nothing(repo: Repository, mirrors: Path) -> None:
    days = ("2026-01-01", "2026-03-01", "2020-01-01", "2026-03-02", "1971-01-01")
    shas = [repo.commit({"a.py": day}, at=f"{day}T00:00:00Z") for day in days]
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        line = mirror.first_parents("main")
    assert [commit.sha for commit in line] == shas[::-1]


def test_no_commits_no_branch(repo: Repository, mirrors: Path) -> None:
    assert refusal(lambda: history(mirrors, repo.url)) == (
        "billing: the repository has no commits yet"
    )
    for index in range(7):
        repo.commit({"a.py": "1"}, branch=f"topic/{index}")
    line = refusal(lambda: history(mirrors, repo.url, "mian"))
    assert line.startswith(f"billing: no branch 'mian' in {repo.url}: correct the contract (it has")
    assert line.count("topic/") == 5
    for odd in ("main\n", "topic/0^{tree}", "-x", "", "topic/*", "../heads/topic/0"):
        assert "no branch" in refusal(lambda odd=odd: history(mirrors, repo.url, odd))


def test_force_push_keeps_the_old_tips(repo: Repository, mirrors: Path) -> None:
    base = repo.commit({"a.py": "1"}, at="2026-01-01T00:00:00Z")
    old = repo.commit({"a.py": "2"}, at="2026-01-02T00:00:00Z")
    repo.commit({"a.py": "other"}, branch="main-2")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert kept(mirror, "main") == [old]
        repo.point(base)
        new = repo.commit({"a.py": "3"}, at="2026-01-03T00:00:00Z")
        repo.git("reflog", "expire", "--expire=now", "--all")
        repo.git("gc", "--quiet", "--prune=now")
        mirror.sync(False, "main")
        assert kept(mirror, "main") == [old, new]
        assert [commit.sha for commit in mirror.first_parents("main")] == [new, base]
        assert [file.path for file in mirror.files(old)] == ["a.py"]
        other = repo.commit({"b.py": ""}, parents=(), at="2026-01-04T00:00:00Z")
        repo.point(other)
        mirror.sync(False, "main")
        assert kept(mirror, "main") == [old, new, other]


def test_kept_tips_of_a_branch_below_another_name(repo: Repository, mirrors: Path) -> None:
    one = repo.commit({"a.py": "1"}, branch="release")
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "release")
        repo.delete("release")
        two = repo.commit({"a.py": "2"}, branch="release/1")
        mirror.sync(False, "release/1")
        assert kept(mirror, "release/1") == [two]
        assert kept(mirror, "release") == [one]


def test_deleted_branch(repo: Repository, mirrors: Path) -> None:
    tip = repo.commit({"a.py": "1"})
    history(mirrors, repo.url)
    repo.delete("main")
    assert "no branch 'main'" in refusal(lambda: history(mirrors, repo.url))
    with Mirror(mirrors, "billing", repo.url) as mirror:
        assert kept(mirror, "main") == [tip]


@pytest.mark.parametrize(
    ("name", "other", "end", "other_end"),
    [
        ("Billing", "billing", "Source", "source"),
        ("caf\u00e9", "cafe\u0301", "caf\u00e9", "cafe\u0301"),
    ],
)
def test_repositories_that_differ_by_case_or_normal_form_have_mirrors_of_their_own(
    name: str, other: str, end: str, other_end: str, tmp_path: Path
) -> None:
    """On every file system: what tells the folders apart is lower-case ASCII."""
    one = Mirror(tmp_path, name, f"https://git.example/{end}.git")
    two = Mirror(tmp_path, other, f"https://git.example/{other_end}.git")
    assert one.folder.name.lower() != two.folder.name.lower()
    assert one.folder.name.isascii()
