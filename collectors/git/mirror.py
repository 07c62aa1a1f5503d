"""A bare mirror of one supplier's repository: synchronise it, list its trees, read its blobs.

There is never a work tree, so nothing of the supplier's is checked out, filtered or run.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from collectors.git.address import parse, redact, visible
from collectors.git.command import GitFailedError, SafeGit
from collectors.git.commits import Commits
from collectors.git.gone import withheld
from collectors.git.listing import Known, looked_into
from collectors.git.objects import Objects
from collectors.git.observations import LOG, Reading, log, logged
from collectors.git.source import HEADS, TAGS, Source, is_branch
from quality.errors import MeasureError
from quality.model.address import place_of
from quality.model.repository import Commit, TreeFile

_TAG = "refs/read/tag"  # where a tag stands while it is looked at


class Mirror:
    """The mirror of one repository, locked for this process; a context manager.

    Every error is a MeasureError of one line that names the repository and what to do, without
    credentials or control characters. ``folder`` is the bare repository, ``commits`` what it holds
    while it is open.
    """

    def __init__(self, mirrors: Path, name: str, url: str) -> None:
        """``name`` and ``url`` as in the contract; nothing is read or written yet."""
        self.name = visible(name)
        self.address = parse(name, url)
        self._stem = _stem(mirrors.absolute(), name, self.address.url)
        self.folder = self._beside("git")
        self._offline, self._withheld = False, ""
        self._closing = contextlib.ExitStack()
        self._looks: Known = {}

    def __enter__(self) -> Mirror:
        with contextlib.ExitStack() as opened:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            lock = opened.enter_context(self._beside("lock").open("w"))
            try:  # lockf, for flock would live on in forked workers that survive a kill -9
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise self._error(
                    f"another process uses its mirror {self.folder}: try again when it has ended"
                ) from None
            self._git = SafeGit(self.folder.parent, self.address)
            self._source = Source(self._git, self.address.url)
            self.commits = Commits(self._git, self.folder, self._damaged)
            self._objects = Objects(self._git, self.folder, self._error, self._damaged)
            self._closing = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    # ------------------------------------------------------------ synchronise

    def sync(self, offline: bool, branch: str, now: datetime | None = None) -> Reading | None:
        """Read one branch of the source, fetch what is new of it, and say what was found.
        ``offline``: only look whether the mirror is there; None: nothing was read.

        Each tip of ``branch`` ever seen stays readable as refs/kept/<branch>/<id>. A failed fetch
        leaves the mirror as it was; where the source is gone, or gives what nobody can read, so is
        the branch. A mirror that cannot be read is cloned anew.
        """
        self._offline, self._withheld = offline, ""
        readable = self._readable(branch)
        if offline:
            if not self.folder.exists():
                raise self._error("has no mirror yet: measure once without --offline")
            if not readable:
                raise self._error(f"its mirror {self.folder} is damaged: measure without --offline")
            return None
        try:
            found = self._source.tip(branch)
            if found and not readable:
                self._clone(branch, found)
            elif found and found != self._tip(branch):
                self._fetch(self.folder, branch)
        except GitFailedError as error:
            # A branch that nobody ever read may be a mistake of the contract's.
            if any(reading.tip for reading in self.readings(branch)):
                self._withheld = withheld(error, self.address, readable)
            if not self._withheld:
                raise self._unreachable(error) from None
            found = None
        if not found and readable and self._tip(branch):
            self._read("update-ref", "-d", HEADS + branch)
        reading = Reading(now or datetime.now(UTC), self._tip(branch) if found else None)
        if reading.tip:
            self._read("update-ref", _kept(branch, reading.tip), reading.tip)
        if self.folder.exists():
            log(self.folder, branch, reading)
        return reading

    def readings(self, branch: str) -> tuple[Reading, ...]:
        """Each reading of ``branch`` that this mirror has seen, in order."""
        return logged(self.folder, branch)

    def keep(self, branch: str, commits: Iterable[str]) -> set[str]:
        """Hold on to commits by a ref of our own, whatever the supplier does; one that the mirror
        has lost is fetched by its id. Returns those that nobody can read any more."""
        wanted, lost = set(commits), set()
        if not wanted or not self.folder.exists():
            return wanted
        kept = set(self._refs(self.folder, _kept(branch, "")))
        for sha in sorted(each for each in wanted if _kept(branch, each) not in kept):
            try:
                if self.commits.has(sha):
                    self._git.at(self.folder, "update-ref", _kept(branch, sha), sha)
                elif self._offline:
                    lost.add(sha)
                else:
                    self._source.fetch(self.folder, f"{sha}:{_kept(branch, sha)}")
            except GitFailedError:
                lost.add(sha)
        return lost

    def tag(self, name: str, branch: str) -> str | None:
        """The commit that a tag of the source names now, held on to as ``keep`` does; None: there
        is no such tag, or it names no commit. Of the mirror itself no tag is known (MeasureError:
        nothing can be read)."""
        try:
            if not self._source.has_tag(name):
                return None
            self._source.fetch(self.folder, f"+{TAGS}{name}:{_TAG}")
            found = self.commits.named(_TAG)
            if found:
                self._git.at(self.folder, "update-ref", _kept(branch, found), found)
            self._git.at(self.folder, "update-ref", "-d", _TAG)
        except GitFailedError as error:
            raise self._unreachable(error) from None
        return found

    def _readable(self, branch: str) -> bool:
        if not self.folder.exists():
            return False
        # We hold the lock, so these are leftovers of a killed process.
        for pattern in ("**/*.lock", "objects/pack/tmp_*", "objects/**/tmp_obj*"):
            for leftover in self.folder.glob(pattern):
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        if not is_branch(branch):
            return True
        tips = [f"--glob=refs/kept/{branch}/", *filter(None, [self._tip(branch)])]
        try:
            self._git.at(self.folder, "rev-list", "--quiet", "--first-parent", *tips, "--")
        except GitFailedError:
            return False
        return True

    def _clone(self, branch: str, tip: str) -> None:
        """Mirror one branch anew: what else the source holds is none of ours."""
        partial, broken = self._beside("partial"), self._beside("broken")
        shutil.rmtree(partial, ignore_errors=True)
        hashes = f"--object-format={'sha256' if len(tip) == 64 else 'sha1'}"
        self._git.run("init", "--quiet", "--bare", "--template=", hashes, "--", partial)
        self._fetch(partial, branch)
        shutil.rmtree(broken, ignore_errors=True)
        if self.folder.exists():
            self._save(partial)
            self.folder.rename(broken)
        partial.rename(self.folder)
        shutil.rmtree(broken, ignore_errors=True)

    def _save(self, partial: Path) -> None:
        """Bring what can be saved of a broken mirror into the new one: the log, and each commit
        that is kept."""
        with contextlib.suppress(OSError):
            shutil.copyfile(self.folder / LOG, partial / LOG)
        with contextlib.suppress(GitFailedError):
            for ref in self._refs(self.folder, "refs/kept/"):
                with contextlib.suppress(GitFailedError):
                    self._git.at(
                        partial, "fetch", "--quiet", "--no-tags", self.folder, f"{ref}:{ref}"
                    )

    def _fetch(self, folder: Path, branch: str) -> None:
        ours = HEADS + branch
        for ref in self._refs(folder, HEADS):  # git keeps no branch "a" beside a branch "a/b"
            if ref.startswith(f"{ours}/") or ours.startswith(f"{ref}/"):
                self._git.at(folder, "update-ref", "-d", ref)
        self._source.fetch(folder, f"+{ours}:{ours}")

    # ------------------------------------------------------------ history

    def first_parents(self, branch: str) -> tuple[Commit, ...]:
        """The branch's whole first-parent line, newest first, whatever the dates say."""
        tip = self._tip(branch)
        if tip is None:
            raise self.no_branch(branch)
        return self.commits.line(tip)

    def _tip(self, branch: str) -> str | None:
        if not is_branch(branch) or not self.folder.exists():
            return None
        ref = HEADS + branch
        try:
            found = self._git.at(self.folder, "show-ref", "--verify", "--hash", "--", ref)
        except GitFailedError:
            return None
        return found.decode().strip()

    def _refs(self, folder: Path, below: str) -> list[str]:
        refs = self._git.at(folder, "for-each-ref", "--format=%(refname)", below)
        return refs.decode(errors="surrogateescape").splitlines()

    def no_branch(self, branch: str) -> MeasureError:
        """What to say where the branch is not there, with what is."""
        if self._withheld:
            return self._error(f"was read before and {self._withheld}")
        try:
            if self._offline:
                found = [ref.removeprefix(HEADS) for ref in self._refs(self.folder, HEADS)]
            else:
                found = self._source.branches()
        except GitFailedError as error:
            return self._unreachable(error)
        if not found and not self.readings(branch):
            return self._error("the repository has no commits yet")
        names = ", ".join(found[:5]) + (", ..." if len(found) > 5 else "") or "no branch any more"
        return self._error(
            f"no branch {branch!r} in {self.address.url}: correct the contract (it has {names})"
        )

    # ------------------------------------------------------------ trees and blobs

    def files(self, sha: str) -> tuple[TreeFile, ...]:
        """Every entry of a commit's tree: see ``Objects.files`` and ``looked_into``."""
        return looked_into(self._objects.files(sha), self._objects.read, self._looks)

    def read(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The blobs of these ids with their ids, in order: see ``Objects.read``."""
        return self._objects.read(oids)

    def copy(self, oid: str, file: IO[bytes]) -> None:
        """Write a blob into a file: see ``Objects.copy``."""
        self._objects.copy(oid, file)

    # ------------------------------------------------------------ commands and errors

    def _beside(self, suffix: str) -> Path:
        return self._stem.with_name(f"{self._stem.name}.{suffix}")

    def _read(self, *args: str | Path) -> bytes:
        try:
            return self._git.at(self.folder, *args)
        except GitFailedError as error:
            raise self._damaged(error.line) from None

    def _error(self, text: str) -> MeasureError:
        return MeasureError(f"{self.name}: {visible(redact(text))}")

    def _damaged(self, what: str) -> MeasureError:
        return self._error(
            f"its mirror cannot be read: {what}: delete {self.folder} and measure again"
        )

    def _unreachable(self, error: GitFailedError) -> MeasureError:
        return self._error(
            f"cannot mirror {self.address.url}: {error.line}: {error.remedy(self.address)}"
        )


def _kept(branch: str, sha: str) -> str:
    """The ref by which a commit of a branch stays readable."""
    return f"refs/kept/{branch}/{sha}"


def _stem(mirrors: Path, name: str, url: str) -> Path:
    """Where the mirror of a repository lies, without its suffix: one folder for all names and
    spellings of the same place."""
    digest = hashlib.sha256(place_of(url).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if known := sorted(mirrors.glob(f"*-{digest}.git")):
        return known[0].with_suffix("")
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:40]
    return mirrors / f"{slug}-{digest}"
