"""Who looks on while a measurement runs."""

from __future__ import annotations

from typing import Protocol


class Watcher(Protocol):
    """Gets told of progress; see ``quality.cli.progress`` for the one that shows it."""

    def say(self, line: str) -> None:
        """Something happened that a user who asked for details wants to know."""

    def expect(self, files: int) -> None:
        """So many more measurements of files are to come."""

    def done(self, files: int) -> None:
        """So many of them are finished and kept."""
