"""Read a change from somebody's checkout, worktree, submodule or bare clone, and trust none of it.

Of the foreign repository only names are resolved there (``rev-parse``). Everything else is read
through a bare repository of our own in a temporary folder that borrows its objects: so neither
its configuration nor its hooks, replaced objects, grafts, attributes and commit graph take part,
nothing is fetched, nothing is written, and what a blob's id does not fit is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from collectors.git.address import Address, visible
from collectors.git.command import GitFailedError, SafeGit
from collectors.git.folders import common, find
from collectors.git.listing import Known, looked_into
from collectors.git.objects import OID, Objects
from collectors.git.revisions import DEEPEN, EMPTY_TREES, Revisions, absent, descendant, zeros
from collectors.git.worktree import uncommitted
from quality.errors import MeasureError
from quality.model.repository import TreeFile

PATIENCE = 2  # seconds for git to come to an end when nobody wants its answer any more
LONGEST = 1000  # characters of a revision; a command line holds no more than 128 KiB in a word
# What git says of a name that stands for nothing here, or for no commit.
NO_COMMIT = re.compile(r"ended with status|expected \w+ type|no upstream configured|HEAD does not")
PLAIN = ("-c", "core.commitGraph=false", "-c", "core.multiPackIndex=false")


class Checkout:
    """A repository at ``folder`` or above it, only ever read; a context manager.

    Every error is a MeasureError of one line with what to do. ``top`` is the work tree's root,
    None in a bare clone.
    """

    def __init__(self, folder: Path) -> None:
        self.top, self._git_dir = find(folder.absolute())
        self._common = common(self._git_dir)
        self._closing = contextlib.ExitStack()
        self._looks: Known = {}
        self._named: dict[str, str | None] = {}  # a name keeps its meaning while a change is judged
        self._compared: dict[tuple[str, str], Revisions | MeasureError] = {}
        self._trees: dict[str, tuple[TreeFile, ...]] = {}
        self._new: dict[str, tuple[str, ...]] = {}
        self._reading: threading.Thread | None = None

    def __enter__(self) -> Checkout:
        with contextlib.ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="workmanship-")))
            address = Address(str(self._git_dir), "")
            self._git = SafeGit(folder, address, protocols="none")
            self._ours = folder / "objects.git"
            self._borrow()
            self._objects = Objects(self._git, self._ours, _wrong, _damaged, partial=True)
            self._closing = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        if self._reading:
            self._reading.join(PATIENCE)
        self._closing.close()

    def read_ahead(self, base: str, head: str) -> None:
        """Ask git in the background for what a comparison of both will need: it costs a dozen
        processes, and whoever is to judge has modules and a contract to load meanwhile."""
        self._reading = threading.Thread(target=self._read, args=(base, head), daemon=True)
        self._reading.start()

    def _read(self, base: str, head: str) -> None:
        with contextlib.suppress(MeasureError, GitFailedError, OSError):  # told to who asks again
            found = self.compare(base, head)
            self._listed(found.merge_base)
            self._listed(found.head)
            self.uncommitted(found.head)

    def _wait(self) -> None:
        """Until what is read ahead is read: git is asked once, and by one thread at a time."""
        if self._reading and self._reading is not threading.current_thread():
            self._reading.join()
            self._reading = None

    def _borrow(self) -> None:
        """Make the bare repository that has no objects of its own."""
        for name in ("objects/info", "refs"):
            (self._ours / name).mkdir(parents=True)
        (self._ours / "HEAD").write_text("ref: refs/heads/none\n", "utf-8")
        wide = len(self._id("HEAD") or "") == 64
        kind = "1\n[extensions]\n    objectFormat = sha256" if wide else "0"
        config = f"[core]\n    bare = true\n    repositoryFormatVersion = {kind}\n"
        (self._ours / "config").write_text(config, "utf-8")
        objects = str(self._common / "objects")
        if "\n" in objects:
            raise MeasureError(f"{visible(objects)}: a folder's name holds a line end: rename it")
        (self._ours / "objects/info/alternates").write_bytes(
            objects.encode("utf-8", "surrogateescape") + b"\n"
        )
        with contextlib.suppress(FileNotFoundError):
            (self._ours / "shallow").write_bytes((self._common / "shallow").read_bytes())

    # ------------------------------------------------------------ revisions

    @property
    def shallow(self) -> bool:
        """Whether the clone's history is cut."""
        return (self._ours / "shallow").exists()

    def compare(self, base: str, head: str) -> Revisions:
        """Resolve both revisions and find their merge base; what git could not find, or not in
        time, it is not asked again."""
        self._wait()
        try:
            found = self._compared.get((base, head)) or self._resolve(base, head)
        except MeasureError as error:
            found = error
        self._compared[base, head] = found
        if isinstance(found, MeasureError):
            raise found
        return found

    def _resolve(self, base: str, head: str) -> Revisions:
        head_id = self.commit(head, "--head")
        if base in EMPTY_TREES:
            return Revisions(base, head_id, base, shallow=self.shallow)
        base_id = self.commit(base, "--base")
        found = self._merge_bases(base_id, head_id)
        if not found:
            raise MeasureError(self._unrelated(base, head))
        return Revisions(base_id, head_id, found[0], tuple(found[1:]), self.shallow)

    def commit(self, revision: str, option: str) -> str:
        """The full id of the commit that ``revision`` names; ``option`` is where it was given."""
        if revision and not revision.strip("0"):
            raise MeasureError(f"{option} {revision[:12]} is not a commit: {zeros(option)}")
        if not revision.strip():
            raise MeasureError(f"{option} is empty: give a revision, such as origin/main")
        if len(revision) > LONGEST:
            raise MeasureError(
                f"{option} {visible(revision[:40])}... is {len(revision):,} characters long: give "
                "a branch, a tag or a commit"
            )
        found = self._id(revision)
        if found is None:
            raise MeasureError(f"{option} {visible(revision)}: {self._unknown(revision)}")
        return found

    def _id(self, revision: str) -> str | None:
        self._wait()
        if revision not in self._named:
            self._named[revision] = self._resolved(revision)
        return self._named[revision]

    def _resolved(self, revision: str) -> str | None:
        if not revision or not revision.isprintable():
            return None
        name = f"{revision}^{{commit}}"
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        try:
            said = self._git.run(*PLAIN, f"--git-dir={self._git_dir}", *asked)
        except GitFailedError as error:
            if NO_COMMIT.search(str(error)):
                return None
            raise MeasureError(f"{self._git_dir}: {visible(error.line)}") from None
        found = said.decode().strip()
        return found if OID.fullmatch(found) else None

    def _unknown(self, revision: str) -> str:
        if not self._id("HEAD"):
            return "the repository has no commit yet"
        if self.shallow:
            return f"not in this shallow clone: {DEEPEN}"
        if self._id(f"origin/{revision}"):
            return f"no such revision here: did you mean origin/{visible(revision)}?"
        if self._id(descendant(revision)):
            return (
                f"nothing that old: the history starts after it; {EMPTY_TREES[0]} as --base "
                "judges all as new"
            )
        return absent(revision)

    def _merge_bases(self, base: str, head: str) -> list[str]:
        try:
            found = self._git.run(*PLAIN, *self._at(), "merge-base", "--all", base, head)
        except GitFailedError as error:
            if "ended with status 1" in str(error):
                return []
            raise _damaged(error.line) from None
        return found.decode().split()

    def _unrelated(self, base: str, head: str) -> str:
        what = f"{visible(base)} and {visible(head)} have no common commit"
        if self.shallow:
            return f"{what} in this shallow clone: {DEEPEN}"
        return f"{what}: give a --base that {visible(head)} was made from"

    # ------------------------------------------------------------ content

    def files(self, commit: str) -> tuple[TreeFile, ...]:
        """Every entry of the commit's tree (none of the empty tree): see ``Objects.files`` and
        ``looked_into``."""
        return looked_into(self._listed(commit), self.readable, self._looks)

    def _listed(self, commit: str) -> tuple[TreeFile, ...]:
        self._wait()
        if commit not in self._trees:
            self._trees[commit] = () if commit in EMPTY_TREES else self._objects.files(commit)
        return self._trees[commit]

    def read(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The blobs of these ids, in order; each is checked to be what its id says."""
        for oid, content in self._objects.read(oids):
            if _object_id(content, len(oid)) != oid:
                raise _damaged(f"object {oid} holds something else")
            yield oid, content

    def readable(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """As ``read``, with None for a blob that is missing or damaged here."""
        waiting = list(oids)
        while waiting:
            with contextlib.suppress(MeasureError):
                for oid, content in self.read(tuple(waiting)):
                    waiting.pop(0)
                    yield oid, content
            if waiting:
                yield waiting.pop(0), None

    def copy(self, oid: str, file: IO[bytes]) -> None:
        """Write a blob into a file: see ``Objects.copy``."""
        self._objects.copy(oid, file)

    def uncommitted(self, commit: str) -> tuple[str, ...]:
        """The paths whose state in the work tree ``commit`` does not hold, where ``commit`` is
        what the work tree stands on."""
        if self.top is None or commit != self._id("HEAD"):
            return ()
        if commit not in self._new:
            found = uncommitted(self._git, self._ours, self._git_dir, self.top, commit)
            self._new[commit] = found
        return self._new[commit]

    def same_tree(self, one: str, other: str) -> bool:
        """Whether two commits hold the same files with the same modes."""
        trees = (f"{commit}^{{tree}}" for commit in (one, other))
        return len(set(self._git.run(*PLAIN, *self._at(), "rev-parse", *trees).split())) == 1

    def holds(self, commit: str, path: str, content: bytes) -> bool:
        """Whether the file at ``path`` in ``commit`` is ``content``, byte by byte."""
        oid = _object_id(content, len(commit))
        return any(file.path == path and file.oid == oid for file in self._listed(commit))

    def content(self, revision: str, path: str, largest: int) -> bytes:
        """The bytes of the file at ``path`` in ``revision`` (at most ``largest``)."""
        commit = self.commit(revision, "--contract-from")
        entry = next((file for file in self._listed(commit) if file.path == path), None)
        where = f"{visible(revision)}:{visible(path)}"
        if entry is None or entry.kind != "file":
            raise MeasureError(f"{where} is not a file: check --contract-from REV:PATH")
        if entry.size > largest:
            raise MeasureError(f"{where} is larger than {largest:,} bytes")
        return next(self.read([entry.oid]))[1]

    def _at(self) -> tuple[str, ...]:
        return (f"--git-dir={self._ours}",)


def _object_id(content: bytes, digits: int) -> str:
    algorithm = hashlib.sha256 if digits == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _wrong(text: str) -> MeasureError:
    return MeasureError(visible(text))


def _damaged(what: str) -> MeasureError:
    return MeasureError(
        f"the checkout cannot be read: {visible(what)}: clone it whole, without --filter"
    )
