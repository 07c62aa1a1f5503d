"""Trees and blobs as a mirror lists and reads them: honest, old, malformed and very large ones."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import collectors.git.objects
from collectors.git.mirror import Mirror
from quality.model.repository import TreeFile
from tests.collectors.git.histories import history, refusal
from tests.repositories import Executable, Link, Repository, Submodule


def test_files(repo: Repository, mirrors: Path) -> None:
    sha = repo.commit(
        {
            "src/a.py": "x = 1\n",
            "run.SH": Executable("true\n"),
            "Main.java": Executable("class Main {}\n"),
            "link.py": Link("src/a.py"),
            "library.py": Submodule("a" * 40),
            b"caf\xe9.py": "",
            "new\nline.c": "int x;\n",
            "back\\slash.py": "y\n",
        }
    )
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        files = mirror.files(sha)
    assert {(file.path, file.size, file.kind, file.language) for file in files} == {
        ("src/a.py", 6, "file", "python"),
        ("run.SH", 5, "file", None),
        ("Main.java", 14, "file", "java"),
        ("link.py", 8, "link", None),
        ("library.py", 0, "submodule", None),
        ("caf\\xe9.py", 0, "file", "python"),
        ("new\\x0aline.c", 7, "file", "cpp"),
        ("back\\x5cslash.py", 2, "file", "python"),
    }
    oids = {file.path: file.oid for file in files}
    assert oids["src/a.py"] == repo.blob("x = 1\n")
    assert oids["library.py"] == "a" * 40


def test_old_group_writable_mode_is_a_file(repo: Repository, mirrors: Path) -> None:
    blob = repo.blob("x = 1\n")
    sha = repo.commit_tree(repo.tree([("100664", "a.py", blob)]))
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert mirror.files(sha) == (TreeFile("a.py", blob, 6, "file", "python"),)


@pytest.mark.slow
def test_too_many_files(repo: Repository, mirrors: Path) -> None:
    """A few trees, each naming the next ten times over, are ten million files."""
    tree = repo.tree([("100644", "a.py", repo.blob("x"))])
    for _ in range(7):
        tree = repo.tree([("40000", str(digit), tree) for digit in range(10)])
    sha = repo.commit_tree(tree)
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert f"commit {sha} has more than 200000 files" in refusal(lambda: mirror.files(sha))


@pytest.mark.parametrize("path", ["x" * 1030, "d/" * 64 + "a.py", "x" * 300_000])
def test_paths_no_work_tree_holds(path: str, repo: Repository, mirrors: Path) -> None:
    sha = repo.commit({path: ""})
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        line = refusal(lambda: mirror.files(sha))
    assert f"commit {sha} has a path that cannot be measured: {path[:80]}" in line


@pytest.mark.parametrize("name", ["..", ".", ".git", "a/b", ".GIT"])
def test_malformed_trees_are_refused_at_the_door(
    name: str, repo: Repository, mirrors: Path
) -> None:
    repo.commit_tree(repo.tree([("100644", name, repo.blob("x"))]))
    line = refusal(lambda: history(mirrors, repo.url))
    assert "git's check refuses the source's objects" in line
    assert not list(mirrors.glob("*.git"))


def test_old_honest_quirks_are_measured(repo: Repository, mirrors: Path) -> None:
    inner = repo.tree([("100644", "a.py", repo.blob("x"))])
    padded = repo.tree([("040000", "d", inner)])
    raw = f"tree {padded}\nauthor A <> 1 +051800\ncommitter <a@b> 1767225600 +0000\n\nold\n"
    sha = repo.git(
        *("hash-object", "-t", "commit", "-w", "--literally", "--stdin"), stdin=raw.encode()
    )
    repo.point(sha)
    assert history(mirrors, repo.url) == (sha,)


def test_read(repo: Repository, mirrors: Path) -> None:
    contents = [b"", b"\n", b"no end", b"\0\xff" * 40_000, *(b"%d\n" % n for n in range(200))]
    oids = [repo.blob(content) for content in contents]
    sha = repo.commit({f"{n}": content for n, content in enumerate(contents)})
    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        assert list(mirror.read(oids)) == list(zip(oids, contents, strict=True))
        assert list(mirror.read(iter(()))) == []
        assert len(list(itertools.islice(mirror.read(oids * 9), 5))) == 5
        missing = "1" * 40
        line = refusal(lambda: list(mirror.read([oids[0], missing])))
        assert f"object {missing} is missing or damaged: delete {mirror.folder}" in line
        assert "is a commit, not a file" in refusal(lambda: list(mirror.read([sha])))
        assert "not a full object id" in refusal(lambda: list(mirror.read([f"{oids[0]}\nx"])))
        assert "delete" in refusal(lambda: mirror.files(missing))


def test_reading_asks_only_a_window_ahead(repo: Repository, mirrors: Path) -> None:
    oid = repo.blob("x")
    repo.commit({"a.py": "x"})
    asked = []

    def oids() -> Iterator[str]:
        for number in range(10_000):
            asked.append(number)
            yield oid

    with Mirror(mirrors, "billing", repo.url) as mirror:
        mirror.sync(False, "main")
        blobs = mirror.read(oids())
        next(blobs)
        assert len(asked) == collectors.git.objects.WINDOW
        assert sum(1 for _ in blobs) == 9_999
