"""JaCoCo's XML: lines by their bytecode instructions, files by their packages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from collectors.records.covered import Files, Lines, count
from collectors.records.places import joined
from collectors.records.text import UnreadableError
from collectors.records.xml_reader import may_have_root, visited
from quality.model.reports import ReportRow, Run, SectionName

SECTION: SectionName = "coverage"
BY_THEMSELVES = True
REVISION = 1


def looks(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return may_have_root(head, "report")


def read(file: BinaryIO) -> Iterator[ReportRow]:
    """The rows of a report (UnreadableError)."""
    report = _Report()
    yield from visited(file, report)
    if not report.seen:
        raise UnreadableError("not JaCoCo: its root is not a report element")
    yield Run(0, "JaCoCo", "", "")
    yield from report.files.rows()


class _Report:
    """Gathers a source file at a time."""

    def __init__(self) -> None:
        self.rows: list[ReportRow] = []
        self.files = Files()
        self.seen = False
        self._package, self._file, self._lines = "", "", Lines()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "line" and self._file:
            run, missed, taken = (
                count(attributes.get(key, "0"), f"a line's {key}") for key in ("ci", "mb", "cb")
            )
            number = count(attributes.get("nr"), "a line's number")
            self._lines.add(number, run > 0, missed + taken, taken)
        elif name == "sourcefile":
            path = f"{self._package}/{attributes.get('name', '')}"
            self._file, self._lines = joined("", path.lstrip("/").encode()), Lines()
        elif name == "package":
            self._package = attributes.get("name", "")
        elif name == "report":
            self.seen = True

    def end(self, name: str) -> None:
        if name == "sourcefile" and self._file:
            self.rows.append(self._lines.row(self.files.number(self._file)))
            self._file = ""

    def data(self, text: str) -> None:  # noqa: ARG002  # it has none that counts
        return
