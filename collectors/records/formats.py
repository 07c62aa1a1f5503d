"""The formats that are read, in one dict, and which of them a report is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from collectors.records import cobertura, coverage_json, jacoco, lcov, sarif
from collectors.records.text import UnreadableError
from quality.model.reports import ReportRow, SectionName

HEAD = 4096  # bytes by which a format is told


class Format(Protocol):
    """A module that reads a format. ``SECTION``: of the contract, to whose reports it belongs;
    ``BY_THEMSELVES``: its paths have no common beginning, see ``places.matched``; ``REVISION`` is
    raised when it reads the same bytes in another way."""

    SECTION: SectionName
    BY_THEMSELVES: bool
    REVISION: int

    def looks(self, head: bytes) -> bool:
        """Whether a file that begins so may be in it."""

    def read(self, file: BinaryIO) -> Iterator[ReportRow]:
        """The rows of a report (UnreadableError)."""


FORMATS: dict[str, Format] = {
    "sarif": sarif,
    "cobertura": cobertura,
    "jacoco": jacoco,
    "lcov": lcov,
    "coverage_json": coverage_json,
}


def readers(section: SectionName) -> list[str]:
    """The names by which contents of a section are kept: a format with its revision."""
    return [_reader(name) for name, each in FORMATS.items() if section == each.SECTION]


def reader_of(section: SectionName, file: BinaryIO) -> tuple[str, Iterator[ReportRow]]:
    """The name of the reader of a report, and its rows (UnreadableError: no format is known)."""
    head = file.read(HEAD)
    file.seek(0)
    for name, each in FORMATS.items():
        if section == each.SECTION and each.looks(head):
            return _reader(name), each.read(file)
    known = ", ".join(name for name, each in FORMATS.items() if section == each.SECTION)
    raise UnreadableError(f"in none of the formats that are read here: {known}")


def by_themselves(reader: str) -> bool:
    """Whether the paths of a reader's reports have no common beginning."""
    found = FORMATS.get(reader.partition("/")[0])
    return found is not None and found.BY_THEMSELVES


def _reader(name: str) -> str:
    return f"{name}/{FORMATS[name].REVISION}"
