"""Who looks on while a measurement runs."""

from collections.abc import Callable, Sequence
from typing import Protocol


class Watcher(Protocol):
    """Gets told of progress; see ``quality.cli.progress`` for the one that shows it."""

    def say(self, line: str) -> None:
        """Something happened that a user who asked for details wants to know."""

    def expect(self, files: int, work: int) -> None:
        """So many more measurements of files are to come, and so much work (see ``chunks.work``)
        with them."""

    def done(self, files: int, work: int) -> None:
        """So many of them are finished and kept, and so much work with them."""

    def follow(self, in_hand: Callable[[], Sequence[str]]) -> None:
        """What is measured at any moment, in words, the longest in hand first; safe to call from
        another thread."""
