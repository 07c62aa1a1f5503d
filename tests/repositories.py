"""Small real git repositories for tests, bare, written by git's own plumbing.

    repo = Repository(tmp_path / "billing")
    first = repo.commit({"a.py": "x = 1\\n"}, at="2026-01-02T10:00:00+00:00")
    second = repo.commit({"a.py": None, "b.py": Executable("y = 2\\n")}, at="2026-02-01T10:00:00Z")
    contract_url = repo.url                          # or str(repo.folder)

Nothing of the user's git configuration takes part, so the same calls give the same object ids.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

NEW_YEAR = "2026-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Executable:
    """A regular file with mode 100755."""

    content: str | bytes


@dataclass(frozen=True)
class Link:
    """A symbolic link to ``target``."""

    target: str


@dataclass(frozen=True)
class Submodule:
    """A submodule entry that names ``commit`` (40 hex digits) of some other repository."""

    commit: str


Entry = str | bytes | Executable | Link | Submodule | None


class Repository:
    """A bare repository at ``folder``; made if it does not exist yet."""

    def __init__(self, folder: Path, *, branch: str = "main") -> None:
        self.folder = folder
        self.branch = branch
        if not folder.exists():
            for path, content in _empty(branch):
                place = folder / path
                if content is None:
                    place.mkdir(parents=True)
                else:
                    place.write_bytes(content)

    @property
    def url(self) -> str:
        """The repository's file:// URL."""
        return self.folder.absolute().as_uri()

    def git(self, *args: str | os.PathLike[str], stdin: bytes = b"", date: str = NEW_YEAR) -> str:
        """Run git in the repository; its output without the last line end."""
        return run_git(self.folder, *args, stdin=stdin, date=date)

    def commit(
        self,
        files: Mapping[str | bytes, Entry],
        *,
        at: str = NEW_YEAR,
        branch: str | None = None,
        parents: Sequence[str] | None = None,
        message: str = "Change",
    ) -> str:
        """Commit ``files`` on top of the branch and return the commit's id.

        A value is the content, an Executable, Link or Submodule, or None to delete the path.
        ``at``: author and committer date (ISO 8601); it may lie before the parent's. ``parents``:
        other parents than the branch's tip: () for an orphan, two or more for a merge (its files
        start from the first parent's).
        """
        ref = f"refs/heads/{branch or self.branch}"
        if parents is None:
            tip = self.tip(branch)
            parents = (tip,) if tip else ()
        who = f"A Developer <developer@example.com> {_timestamp(at)} +0000"
        lines = [f"commit {ref}", "mark :1", f"author {who}", f"committer {who}"]
        stream = "\n".join(lines).encode() + b"\n" + _data(message)
        if parents:
            stream += f"from {parents[0]}\n".encode()
        elif self.tip(branch):  # fast-import would go on from the branch as it stands
            self.git("update-ref", "-d", ref)
        stream += b"".join(f"merge {parent}\n".encode() for parent in parents[1:])
        stream += b"".join(_change(path, entry) for path, entry in files.items())
        return self.git("fast-import", "--quiet", "--force", stdin=stream + b"\nget-mark :1\n")

    def tree(self, entries: Iterable[tuple[str, str | bytes, str]]) -> str:
        """Write one tree object as given, however wrong, and return its id.

        An entry is (mode, name, object id): ("100644", "a.py", repo.blob("x")). Nothing is sorted
        or checked, so names like "..", ".git" or "a/b", doubles and odd modes are possible.
        """
        content = b"".join(
            mode.encode() + b" " + _bytes(name) + b"\0" + bytes.fromhex(oid)
            for mode, name, oid in entries
        )
        return self.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=content)

    def blob(self, content: str | bytes) -> str:
        """Write a blob and return its id."""
        return self.git("hash-object", "-w", "--stdin", stdin=_bytes(content))

    def commit_tree(
        self,
        tree: str,
        *,
        at: str = NEW_YEAR,
        branch: str | None = None,
        parents: Sequence[str] = (),
    ) -> str:
        """Commit a tree made by ``tree`` as the new tip of the branch, and return its id."""
        options = [option for parent in parents for option in ("-p", parent)]
        commit = self.git("commit-tree", tree, *options, "-m", "Change", date=at)
        self.point(commit, branch)
        return commit

    def tip(self, branch: str | None = None) -> str:
        """The branch's commit id; "" if there is no such branch."""
        ref = f"refs/heads/{branch or self.branch}"
        loose = self.folder / ref
        if loose.is_file():  # takes no process
            return loose.read_text("ascii").strip()
        if not (self.folder / "packed-refs").exists():
            return ""
        return self.git("for-each-ref", "--format=%(objectname)", "--count=1", ref)

    def point(self, commit: str, branch: str | None = None) -> None:
        """Make ``commit`` the branch's tip, as a force-push does."""
        self.git("update-ref", f"refs/heads/{branch or self.branch}", commit)

    def delete(self, branch: str) -> None:
        """Delete a branch."""
        self.git("update-ref", "-d", f"refs/heads/{branch}")

    def shallow(self, folder: Path, depth: int = 1) -> Repository:
        """A shallow bare clone of this repository at ``folder``."""
        run_git(self.folder, "clone", "-q", "--bare", f"--depth={depth}", self.url, folder)
        return Repository(folder, branch=self.branch)


@cache
def _empty(branch: str) -> list[tuple[str, bytes | None]]:
    """What git writes for an empty bare repository, folders (None) first: written once more, it
    takes no process."""
    with TemporaryDirectory() as made:
        words = ("--quiet", "--bare", "--template=", f"--initial-branch={branch}")
        run_git(Path(made), "init", *words)
        found = sorted(Path(made).rglob("*"), key=lambda path: (path.is_file(), path))
        return [(".", None)] + [
            (str(path.relative_to(made)), path.read_bytes() if path.is_file() else None)
            for path in found
        ]


def run_git(
    folder: Path, *args: str | os.PathLike[str], stdin: bytes = b"", date: str = NEW_YEAR
) -> str:
    """Run git in ``folder`` without the user's configuration; output without the last line end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = {"NAME": "A Developer", "EMAIL": "developer@example.com", "DATE": date}
    whose = {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in identity.items()}
    environment = kept | whose | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *args], cwd=folder, env=environment, input=stdin, capture_output=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"git {args}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode(errors="surrogateescape").removesuffix("\n")


def _change(path: str | bytes, entry: Entry) -> bytes:
    name = b'"' + b"".join(b"\\%03o" % byte for byte in _bytes(path)) + b'"'
    match entry:
        case None:
            return b"D " + name + b"\n"
        case Submodule(commit):
            return b"M 160000 " + commit.encode() + b" " + name + b"\n"
        case Link(target):
            return b"M 120000 inline " + name + b"\n" + _data(target)
        case Executable(content):
            return b"M 100755 inline " + name + b"\n" + _data(content)
        case content:
            return b"M 100644 inline " + name + b"\n" + _data(content)


def _data(content: str | bytes) -> bytes:
    content = _bytes(content)
    return b"data %d\n" % len(content) + content + b"\n"


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _timestamp(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())
