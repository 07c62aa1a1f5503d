"""What a report of another tool claims: rows, as its reader takes them from its bytes.

The fields of a row are the columns of its table in the database, after the number of the report's
content. Texts are visible and on one line, whatever stands in the report.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Grade = Literal["error", "warning", "note", "none"]
"""SARIF's levels, the gravest first. What is of level none is no finding."""

GRADES: tuple[Grade, ...] = ("error", "warning", "note")

DeclaredBy = Literal["supplier", "customer", "third party"]
"""Whose word a report is."""

SectionName = Literal["findings", "coverage"]
"""The contract's sections of reports."""

Apart = Literal["", "suppressed", "absent", "passed"]
"""Why a result is no finding: it is suppressed, it was found in an earlier run only, or it says
that something is as it should be or could not be decided. "": it is one."""


MATCHED = 80  # percent of the files that a report names that must be there
HELD = 90  # percent of the lines that it names that must hold code there


class Run(NamedTuple):
    """A run of a tool. ``commit``: the one that it claims to speak of, "" where it claims none."""

    run: int
    tool: str
    version: str
    commit: str


class ReportRule(NamedTuple):
    """A rule that a run's results name: its id, the level of results that state none, and its
    weaknesses by their CWE."""

    run: int
    rule: int
    id: str
    level: Grade
    cwes: tuple[int, ...]


class NamedFile(NamedTuple):
    """A file that the report names. ``path``: with slashes; it begins with one where it is
    absolute, and with ../ where it lies outside of what the report speaks of."""

    file: int
    path: str


class ReportResult(NamedTuple):
    """A result: its run, rule and file by their numbers (``file`` None: it names no place), its
    line (1-based; None: the whole file), and its level, where it states one."""

    run: int
    rule: int
    file: int | None
    line: int | None
    level: Grade | None
    apart: Apart
    message: str


class Covered(NamedTuple):
    """A file's lines that can be run, in order, and which of them were; the branches on each line,
    of all and those taken. ``excluded``: lines that a directive left out, as far as it is said."""

    file: int
    lines: tuple[int, ...]
    hit: tuple[bool, ...]
    branches: tuple[int, ...]
    taken: tuple[int, ...]
    excluded: int


ReportRow = Run | ReportRule | NamedFile | ReportResult | Covered

TABLES: dict[type[ReportRow], str] = {
    Run: "report_runs",
    ReportRule: "report_rules",
    NamedFile: "report_files",
    ReportResult: "report_findings",
    Covered: "report_coverage",
}
"""The database's table of each kind of row."""
