"""The files with all rows behind a page's values, written line by line as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from quality.errors import MeasureError
from quality.files import half_of
from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, MarkedRow
from reports.scorecard.page import evidence_rows

SUFFIXES = ("csv", "json")
Page = tuple[str, str]
"""The contract and the period of a page."""


class EvidenceFiles:
    """Takes the rows of one evaluation after the other; each gets its two files, which lie beside
    under another name until the pages are named."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._halves: dict[Page, tuple[Path, Path]] = {}
        self._open: tuple[TextIO, TextIO] | None = None
        self._page: Page | None = None
        self._written = 0
        self._stack = ExitStack()

    def __call__(
        self,
        evaluation: Evaluation,
        columns: Sequence[str],
        evidence: Evidence,
        marked: Iterable[MarkedRow],
    ) -> None:
        """Write all rows of a service level."""
        with self._named():
            page = evaluation.contract_id, evaluation.period.id
            if page != self._page:
                self._end()
                self._begin(page)
                self._write(evidence_rows.head(evaluation, columns))
            for lines in evidence_rows.rows(evaluation, columns, evidence, marked):
                separator = ",\n" if self._written else "\n"
                self._write(evidence_rows.Lines(lines.csv, separator + lines.json))
                self._written += 1

    def finish(self, names: Mapping[Page, str]) -> None:
        """Give the files of each page their name, without suffix (MeasureError)."""
        with self._named():
            self._end()
            for page, halves in self._halves.items():
                for half, suffix in zip(halves, SUFFIXES, strict=True):
                    if page in names:
                        half.replace(self._folder / f"{names[page]}.{suffix}")
                    else:
                        half.unlink()
            self._halves.clear()

    def drop(self) -> None:
        """Leave nothing behind of what got no name."""
        self._stack.close()
        for halves in self._halves.values():
            for half in halves:
                half.unlink(missing_ok=True)

    def _begin(self, page: Page) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        stem = f"evidence-{len(self._halves)}"
        first, second = (half_of(self._folder / f"{stem}.{suffix}") for suffix in SUFFIXES)
        self._halves[page] = first, second
        self._page, self._written = page, 0
        opened = (
            self._stack.enter_context(half.open("w", encoding="utf-8", newline=""))
            for half in (first, second)
        )
        self._open = next(opened), next(opened)

    def _end(self) -> None:
        if self._open:
            self._write(evidence_rows.end())
            self._stack.close()
        self._open = self._page = None

    def _write(self, lines: evidence_rows.Lines) -> None:
        assert self._open  # noqa: S101  # a page was begun
        for stream, text in zip(self._open, (lines.csv, lines.json), strict=True):
            stream.write(text)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise MeasureError(f"cannot write into {self._folder}: {error.strerror}") from error
