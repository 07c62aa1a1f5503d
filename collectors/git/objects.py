"""What a repository of our own holds: the files of a commit's tree and the bytes of blobs.

Objects are named by their ids alone and git's plumbing reads them, so nothing of anybody's is
checked out, filtered or run.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from subprocess import Popen
from typing import IO, Literal

from collectors.git.address import visible, visible_path
from collectors.git.command import GitFailedError, SafeGit
from collectors.languages.suffixes import language
from collectors.languages.unread import unread
from quality.errors import MeasureError, UnlistableError
from quality.model.repository import TreeFile

MAX_ENTRIES = 200_000  # of one tree; a few kilobytes can hold billions
MAX_PATH = 1024  # bytes
MAX_DEPTH = 64  # folders above a file
WINDOW = 64  # blobs asked for ahead: their ids fit a pipe, so neither side ever waits for ever

MISSING = b" BAD"  # in place of a blob's size
OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")

Complaint = Callable[[str], MeasureError]


class Objects:
    """The objects of the bare repository at ``folder``. ``error`` words what is wrong with a
    tree, ``damaged`` what cannot be read. ``partial``: blobs may be missing as long as nobody
    reads them; their size is then 0."""

    def __init__(
        self,
        git: SafeGit,
        folder: Path,
        error: Complaint,
        damaged: Complaint,
        partial: bool = False,
    ) -> None:
        self._git = git
        self._folder = folder
        self._error = error
        self._damaged = damaged
        self._partial = partial

    def files(self, sha: str) -> tuple[TreeFile, ...]:
        r"""Every entry of a commit's tree, links and submodules too (a submodule's size is 0), as
        far as its name tells what it is.

        A path is text, one text a path: what is not UTF-8 or not visible stands as \xNN. A tree
        of more than MAX_ENTRIES, or with a path that no honest work tree holds (over MAX_PATH
        bytes, over MAX_DEPTH folders, a part that is empty, ".", ".." or ".git"), is an
        UnlistableError: nothing in it may look measured.
        """
        entries: list[TreeFile] = []
        listing = ("ls-tree", "-r", "-z", "-l", "--full-tree", _oid(sha))
        with self._git.open(f"--git-dir={self._folder}", *listing) as process:
            for record in _records(_pipe(process.stdout)):
                if len(entries) == MAX_ENTRIES:
                    what = f"commit {sha} has more than {MAX_ENTRIES} files"
                    raise UnlistableError(str(self._error(what)), withheld=False)
                if record.partition(b"\t")[0].endswith(MISSING):
                    if not self._partial:
                        raise self._damaged(f"a file of commit {sha} is missing")
                    record = record.replace(MISSING, b" 0", 1)  # noqa: PLW2901
                entry = _entry(record)
                if entry is None:
                    path = visible_path(record.partition(b"\t")[2][:80])
                    what = f"commit {sha} has a path that cannot be measured: {path}"
                    raise UnlistableError(str(self._error(what)), withheld=True)
                entries.append(entry)
            self._finish(process)
        return tuple(entries)

    def read(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The blobs of these ids with their ids, in order; at most one is held in memory.

        Sizes are the caller's to check before (TreeFile.size).
        """
        with self._git.open(f"--git-dir={self._folder}", "cat-file", "--batch") as process:
            asks, answers = _pipe(process.stdin), _pipe(process.stdout)
            waiting = iter(oids)
            while window := tuple(itertools.islice(waiting, WINDOW)):
                with contextlib.suppress(BrokenPipeError):  # then the answer is missing
                    asks.write("".join(f"{_oid(oid)}\n" for oid in window).encode())
                    asks.flush()
                for oid in window:
                    yield oid, self._blob(oid, answers)

    def copy(self, oid: str, file: IO[bytes]) -> None:
        """Write a blob into a file, however large it is."""
        with self._git.open(f"--git-dir={self._folder}", "cat-file", "blob", _oid(oid)) as process:
            shutil.copyfileobj(_pipe(process.stdout), file, 1 << 20)
            self._finish(process)

    def _blob(self, oid: str, answers: IO[bytes]) -> bytes:
        _, _, answer = answers.readline().partition(b" ")
        kind, _, size = answer.strip().partition(b" ")
        if kind == b"blob":
            content = answers.read(int(size))
            if len(content) == int(size) and answers.read(1) == b"\n":
                return content
        elif kind in (b"commit", b"tree", b"tag"):
            raise self._error(f"object {oid} is a {kind.decode()}, not a file")
        raise self._damaged(f"object {oid} is missing or damaged")

    def _finish(self, process: Popen[bytes]) -> None:
        _, errors = process.communicate()
        if process.returncode:
            raise self._damaged(GitFailedError(errors.decode(errors="replace")).line)


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(1 << 16):
        *records, rest = (rest + chunk).split(b"\0")
        yield from records
        if len(rest) > 2 * MAX_PATH:  # no end in sight: too long in any case
            yield rest
            return


def _entry(record: bytes) -> TreeFile | None:
    meta, _, name = record.partition(b"\t")
    mode, of_type, oid, size = meta.decode().split()
    parts = name.split(b"/")
    if len(name) > MAX_PATH or len(parts) > MAX_DEPTH or _odd(parts):
        return None
    path = visible_path(name)
    if of_type == "commit":
        return TreeFile(path, oid, 0, "submodule", None)
    kind: Literal["file", "link"] = "link" if mode == "120000" else "file"
    if kind == "link":
        return TreeFile(path, oid, int(size), kind, None)
    return TreeFile(path, oid, int(size), kind, language(path), unread(path))


def _odd(parts: list[bytes]) -> bool:
    return any(part in (b"", b".", b"..") or part.lower() == b".git" for part in parts)


def _oid(text: str) -> str:
    if not OID.fullmatch(text):
        raise MeasureError(f"{visible(text)!r} is not a full object id")
    return text


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - SafeGit opens all three
    return stream
