"""Cobertura's XML, which coverage.py, gcovr, coverlet, istanbul and many others write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from collectors.records.covered import Files, Lines, count
from collectors.records.places import joined
from collectors.records.text import UnreadableError, line_of
from collectors.records.xml_reader import may_have_root, visited
from quality.model.reports import ReportRow, Run, SectionName

SECTION: SectionName = "coverage"
BY_THEMSELVES = True
REVISION = 1
_CONDITIONS = re.compile(r"\((\d{1,9})/(\d{1,9})\)")


def looks(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return may_have_root(head, "coverage")


def read(file: BinaryIO) -> Iterator[ReportRow]:
    """The rows of a report (UnreadableError)."""
    report = _Report()
    yield from visited(file, report)
    if not report.seen:
        raise UnreadableError("not Cobertura: its root is not a coverage element")
    yield Run(0, "Cobertura", report.version, "")
    yield from report.files.rows()


class _Report:
    """Gathers a class at a time; a file has as many rows as it has classes."""

    def __init__(self) -> None:
        self.rows: list[ReportRow] = []
        self.files = Files()
        self.seen, self.version = False, ""
        self._sources: list[str] = []
        self._text: list[str] | None = None
        self._file, self._lines = "", Lines()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "line" and self._file:
            self._line(attributes)
        elif name == "class":
            self._file, self._lines = self._path(attributes.get("filename", "")), Lines()
        elif name == "source":
            self._text = []
        elif name == "coverage":
            self.seen, self.version = True, line_of(attributes.get("version"), 100)

    def end(self, name: str) -> None:
        if name == "class" and self._file:
            self.rows.append(self._lines.row(self.files.number(self._file)))
            self._file = ""
        elif name == "source" and self._text is not None:
            self._sources.append("".join(self._text).strip())
            self._text = None

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text[:1024])

    def _path(self, name: str) -> str:
        """Under the one source folder; of several nobody knows under which."""
        base = self._sources[0] if len(self._sources) == 1 else ""
        return joined(joined("", base.encode()) if base else "", name.encode())

    def _line(self, attributes: Mapping[str, str]) -> None:
        number = count(attributes.get("number"), "a line's number")
        hits = count(attributes.get("hits"), "a line's hits")
        branches = _CONDITIONS.search(attributes.get("condition-coverage", ""))
        taken, of = map(int, branches.groups()) if branches else (0, 0)
        self._lines.add(number, hits > 0, of, taken)
