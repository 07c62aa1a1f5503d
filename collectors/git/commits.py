"""The commits of a bare repository: lines of them, and which of them are there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from collectors.git.command import GitFailedError, SafeGit
from collectors.git.objects import OID
from quality.errors import MeasureError
from quality.model.repository import Commit

_LATEST = int(datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp())


class Commits:
    """Reads the commits of one repository; ``damaged`` makes the error of what cannot be read."""

    def __init__(self, git: SafeGit, folder: Path, damaged: Callable[[str], MeasureError]) -> None:
        self._git, self._folder, self._damaged = git, folder, damaged

    def line(self, tip: str) -> tuple[Commit, ...]:
        """The first-parent line that ends in the commit ``tip``, newest first, whatever the dates
        say."""
        return self._commits("--first-parent", tip)

    def commit(self, sha: str) -> Commit | None:
        """A commit by its whole id; None: there is none such."""
        if not OID.fullmatch(sha) or self.named(sha) != sha:
            return None
        return self._commits("--max-count=1", sha)[0]

    def named(self, revision: str) -> str | None:
        """The id of the commit that a revision names; None: it names none."""
        return self._object(f"{revision}^{{commit}}")

    def tree(self, sha: str) -> str | None:
        """The id of a commit's tree; None: the commit is not there."""
        return self._object(f"{sha}^{{tree}}") if OID.fullmatch(sha) else None

    def holds(self, commit: str, tip: str) -> bool:
        """Whether a commit is in the history of ``tip``, by whichever parents."""
        return self._succeeds("merge-base", "--is-ancestor", commit, tip)

    def has(self, sha: str) -> bool:
        """Whether a commit is there with its tree."""
        return self._succeeds("cat-file", "-e", f"{sha}^{{tree}}")

    def _commits(self, *which: str) -> tuple[Commit, ...]:
        try:
            lines = self._git.at(self._folder, "rev-list", "--timestamp", *which, "--").splitlines()
        except GitFailedError as error:
            raise self._damaged(error.line) from None
        pairs = (line.split() for line in lines)
        return tuple(
            Commit(sha.decode(), datetime.fromtimestamp(min(int(seconds), _LATEST), UTC))
            for seconds, sha in pairs
        )

    def _object(self, name: str) -> str | None:
        try:
            found = self._git.at(self._folder, "rev-parse", "--verify", "--quiet", name)
        except GitFailedError:
            return None
        return found.decode().strip()

    def _succeeds(self, *args: str) -> bool:
        try:
            self._git.at(self._folder, *args)
        except GitFailedError:
            return False
        return True
