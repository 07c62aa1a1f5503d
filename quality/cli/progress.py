"""Progress on standard error: a bar on a terminal, lines with --verbose, nothing with --quiet."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from reports.shared.text import safe_text

if TYPE_CHECKING:
    from rich.progress import Progress

SILENCE = 4  # seconds; a look at what goes on comes at least so often
PATH_WIDTH = 60
Clock = Callable[[], float]


class Bar:
    """A watcher that shows a bar where there is a terminal.

    The bar shows the share of the work that is done, and never falls back; the time that is left
    is what the rest takes at the speed so far.
    """

    def __init__(
        self, progress: Progress | None, verbose: bool, clock: Clock = time.monotonic
    ) -> None:
        self._progress, self._verbose, self._clock = progress, verbose, clock
        if progress:
            self._task = progress.add_task("measuring", total=1.0, count="", left="")
        self._said, self._at, self._share = "", clock(), 0.0
        self._files = self._done = self._work = self._worked = 0
        self._began: float | None = None
        self._in_hand: Callable[[], Sequence[str]] = tuple

    def say(self, line: str) -> None:
        """A line above the bar, where the user asked for details."""
        self._said = line
        self._print(line)

    def expect(self, files: int, work: int) -> None:
        """There is more to do."""
        self._files += files
        self._work += work
        self._began = self._clock() if self._began is None else self._began
        self._show()

    def done(self, files: int, work: int) -> None:
        """The bar moves on."""
        self._done += files
        self._worked += work
        self._show()

    def follow(self, in_hand: Callable[[], Sequence[str]]) -> None:
        """From now on show what is in hand."""
        self._in_hand = in_hand

    def look(self) -> None:
        """Show what goes on; print it if nothing was printed for a while."""
        self._show()
        if self._clock() - self._at >= SILENCE:
            self._print(self._line())

    def _line(self) -> str:
        now = ", ".join(self._in_hand()) or self._said
        if not self._files:
            return now
        return f"{self._done} of {self._files} measured{self._left(', about {} left')}: {now}"

    def _left(self, words: str) -> str:
        """The time that is left, put into words; "" before anything is known of the speed."""
        if self._began is None or not 0 < self._share < 1:
            return ""
        seconds = round((self._clock() - self._began) * (1 - self._share) / self._share)
        minutes, seconds = divmod(seconds, 60)
        return words.format(f"{minutes // 60}:{minutes % 60:02}:{seconds:02}")

    def _rate(self) -> str:
        """How many are measured in a second so far; "" before anything is known of it."""
        took = 0.0 if self._began is None else self._clock() - self._began
        return f", {self._done / took:.1f}/s" if self._done and took >= 1 else ""

    def _show(self) -> None:
        if self._work:
            self._share = max(self._share, self._worked / self._work)
        if not self._progress:
            return
        now = safe_text(next(iter(self._in_hand()), "") or self._said)
        self._progress.update(
            self._task,
            completed=self._share,
            description=now if len(now) <= PATH_WIDTH else f"...{now[3 - PATH_WIDTH :]}",
            count=f"{self._done}/{self._files}{self._rate()}" if self._files else "",
            left=self._left("ETA {}"),
        )

    def _print(self, line: str) -> None:
        self._at = self._clock()
        if not self._verbose:
            return
        text = safe_text(line)
        if self._progress:
            self._progress.console.print(text, markup=False, highlight=False, emoji=False)
        else:
            print(text, file=sys.stderr, flush=True)  # noqa: T201  a line of the log


@contextmanager
def watch(quiet: bool, verbose: bool) -> Iterator[Bar]:
    """A watcher for the time of a measurement; the bar is gone afterwards."""
    drawn = _drawn() if sys.stderr.isatty() and not quiet else nullcontext()
    ended = threading.Event()
    with drawn as progress:
        bar = Bar(progress, verbose and not quiet)

        def look() -> None:
            while not ended.wait(1):
                bar.look()

        looking = threading.Thread(target=look, daemon=True)
        looking.start()
        try:
            yield bar
        finally:
            ended.set()
            looking.join()


def _drawn() -> Progress:
    """The bar of a terminal; its library is loaded for none else."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(),
        TextColumn("{task.fields[count]}"), TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )  # fmt: skip
    return Progress(*columns, console=Console(file=sys.stderr, soft_wrap=True), transient=True)
