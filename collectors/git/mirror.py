"""A bare mirror of one supplier's repository: synchronise it, list its trees, read its blobs.

There is never a work tree, so nothing of the supplier's is checked out, filtered or run.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from collectors.git.address import parse, redact, visible
from collectors.git.command import GitFailedError, SafeGit
from collectors.git.listing import Known, looked_into
from collectors.git.objects import Objects
from quality.errors import MeasureError
from quality.model.repository import Commit, TreeFile

_LATEST = int(datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp())


class Mirror:
    """The mirror of one repository, locked for this process; a context manager.

    Every error is a MeasureError of one line that names the repository and what to do, without
    credentials or control characters. ``folder`` is the bare repository.
    """

    def __init__(self, mirrors: Path, name: str, url: str) -> None:
        """``name`` and ``url`` as in the contract; nothing is read or written yet."""
        self.name = visible(name)
        self.address = parse(name, url)
        slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:40]
        digest = hashlib.sha256(self.address.url.encode("utf-8", "surrogateescape")).hexdigest()
        self._stem = mirrors.absolute() / f"{slug}-{digest[:16]}"
        self.folder = self._beside("git")
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
            self._git = opened.enter_context(SafeGit(self.folder.parent, self.address))
            self._objects = Objects(self._git, self.folder, self._error, self._damaged)
            self._closing = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    # ------------------------------------------------------------ synchronise

    def sync(self, offline: bool, branch: str, now: datetime | None = None) -> None:
        """Clone the repository, or fetch what is new; ``offline``: only look whether it is there.

        All branches, no tags. Each tip of ``branch`` ever seen stays readable as
        refs/kept/<branch>/<id>. A failed fetch leaves the mirror as it was; a mirror that cannot
        be read is cloned anew.
        """
        now = now or datetime.now(UTC)
        readable = self._readable()
        if offline:
            if not self.folder.exists():
                raise self._error("has no mirror yet: measure once without --offline")
            if not readable:
                raise self._error(f"its mirror {self.folder} is damaged: measure without --offline")
            return
        try:
            self._fetch() if readable else self._clone()
        except GitFailedError as error:
            raise self._unreachable(error) from None
        if tip := self._tip(branch):
            self._read("update-ref", f"refs/kept/{branch}/{tip}", tip)
        self._fetched.write_text(now.isoformat(), encoding="ascii")

    @property
    def fetched_at(self) -> datetime | None:
        """When the source was last read, in UTC; None: nobody knows."""
        try:
            return datetime.fromisoformat(self._fetched.read_text("ascii"))
        except (OSError, ValueError):
            return None

    @property
    def _fetched(self) -> Path:
        return self.folder / "workmanship-fetched"

    def _readable(self) -> bool:
        if not self.folder.exists():
            return False
        # We hold the lock, so these are leftovers of a killed process.
        for pattern in ("**/*.lock", "objects/pack/tmp_*", "objects/**/tmp_obj*"):
            for leftover in self.folder.glob(pattern):
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        try:
            self._at(self.folder, "rev-list", "--quiet", "--first-parent", "--all")
        except GitFailedError:
            return False
        return True

    def _clone(self) -> None:
        partial, broken = self._beside("partial"), self._beside("broken")
        shutil.rmtree(partial, ignore_errors=True)
        self._git.run(
            *("clone", "--quiet", "--bare", "--no-local", "--no-tags", "--no-recurse-submodules"),
            *("--reject-shallow", "--template=", "--", self.address.url, partial),
        )
        shutil.rmtree(broken, ignore_errors=True)
        if self.folder.exists():
            with contextlib.suppress(GitFailedError):  # save the kept tips that can be saved
                self._at(partial, "fetch", "--quiet", self.folder, "refs/kept/*:refs/kept/*")
            self.folder.rename(broken)
        partial.rename(self.folder)
        shutil.rmtree(broken, ignore_errors=True)

    def _fetch(self) -> None:
        self._at(
            self.folder,
            *("fetch", "--quiet", "--prune", "--no-tags", "--no-recurse-submodules"),
            *("--no-write-fetch-head", "--", self.address.url, "+refs/heads/*:refs/heads/*"),
        )

    # ------------------------------------------------------------ history

    def first_parents(self, branch: str) -> tuple[Commit, ...]:
        """The branch's whole first-parent line, newest first, whatever the dates say."""
        tip = self._tip(branch)
        if tip is None:
            raise self._no_branch(branch)
        lines = self._read("rev-list", "--first-parent", "--timestamp", tip, "--").splitlines()
        pairs = (line.split() for line in lines)
        return tuple(
            Commit(sha.decode(), datetime.fromtimestamp(min(int(seconds), _LATEST), UTC))
            for seconds, sha in pairs
        )

    def _tip(self, branch: str) -> str | None:
        if any(char.isspace() or not char.isprintable() for char in branch):
            return None
        ref = f"refs/heads/{branch}"
        try:
            found = self._at(self.folder, "show-ref", "--verify", "--hash", "--", ref)
        except GitFailedError:
            return None
        return found.decode().strip()

    def _no_branch(self, branch: str) -> MeasureError:
        refs = self._read(
            "for-each-ref", "--sort=-committerdate", "--format=%(refname:lstrip=2)", "refs/heads/"
        )
        found = refs.decode(errors="replace").splitlines()
        if not found and not self._read("for-each-ref", "--count=1", "refs/kept/"):
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

    # ------------------------------------------------------------ commands and errors

    def _beside(self, suffix: str) -> Path:
        return self._stem.with_name(f"{self._stem.name}.{suffix}")

    def _at(self, folder: Path, *args: str | Path) -> bytes:
        # Said explicitly, for safe.bareRepository forbids to find a bare repository by looking.
        return self._git.run(f"--git-dir={folder}", *args)

    def _read(self, *args: str | Path) -> bytes:
        try:
            return self._at(self.folder, *args)
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


def snapshot(commits: Sequence[Commit], before: datetime) -> Commit | None:
    """The last commit of a first-parent line (newest first) with a committer date before
    ``before``; None if there is none. Dates need not be in order: the line counts, not they."""
    return next((commit for commit in commits if commit.committed_at < before), None)
