"""Progress on standard error: a bar on a terminal, lines with --verbose, nothing with --quiet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from reports.shared.text import safe_text


class Bar:
    """A watcher that shows a bar where there is a terminal."""

    def __init__(self, progress: Progress, verbose: bool) -> None:
        self._progress = progress
        self._verbose = verbose
        self._task = progress.add_task("measuring", total=None)
        self._total = 0

    def say(self, line: str) -> None:
        """A line above the bar, where the user asked for details."""
        if self._verbose:
            self._progress.console.print(
                safe_text(line), markup=False, highlight=False, emoji=False
            )

    def expect(self, files: int) -> None:
        """The bar grows by so many."""
        self._total += files
        self._progress.update(self._task, total=self._total)

    def done(self, files: int) -> None:
        """The bar moves on."""
        self._progress.advance(self._task, files)


@contextmanager
def watch(quiet: bool, verbose: bool) -> Iterator[Bar]:
    """A watcher for the time of a measurement; the bar is gone afterwards."""
    console = Console(file=sys.stderr, quiet=quiet)
    text, bar = TextColumn("{task.description}"), BarColumn()
    columns = text, bar, MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal and not verbose
    ) as progress:
        yield Bar(progress, verbose)
