"""LCOV's tracefiles: SF names a file, DA a line and its hits, BRDA a branch and how often taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from collectors.records.covered import Files, Lines, count
from collectors.records.places import joined
from collectors.records.text import UnreadableError
from quality.model.reports import ReportRow, Run, SectionName

SECTION: SectionName = "coverage"
BY_THEMSELVES = False
REVISION = 1
LONGEST = 65_536  # bytes of a line
_WITHOUT_BRANCHES = (0, 0)


def looks(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return any(line.startswith((b"SF:", b"TN:")) for line in head.splitlines())


def read(file: BinaryIO) -> Iterator[ReportRow]:
    """The rows of a report (UnreadableError)."""
    files, seen, record = Files(), False, None
    while raw := file.readline(LONGEST):
        if not raw.endswith(b"\n") and len(raw) == LONGEST:
            raise UnreadableError(f"a line is longer than {LONGEST:,} bytes")
        key, _, said = raw.strip().partition(b":")
        if key == b"SF":
            if record:
                raise UnreadableError("a file begins before the one before it ends")
            record, seen = _Record(joined("", said)), True
        elif key == b"end_of_record" and record:
            yield record.lines().row(files.number(record.path))
            record = None
        elif record and key in (b"DA", b"BRDA"):
            record.add(key.decode(), said.decode("ascii", "replace").split(","))
    if record or not seen:
        raise UnreadableError(
            "it ends in the middle of a file" if record else "not LCOV: it names no file"
        )
    yield Run(0, "LCOV", "", "")
    yield from files.rows()


class _Record:
    """One file of a test."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._lines = Lines()
        self._branches: dict[int, tuple[int, int]] = {}

    def add(self, key: str, said: list[str]) -> None:
        """A line or a branch."""
        if key == "DA" and len(said) >= 2:
            negative = said[1].startswith("-")  # what an overflow of gcov's leaves behind
            self._lines.add(count(said[0], "a line"), not negative and count(said[1], "hits") > 0)
        elif key == "BRDA" and len(said) == 4:
            line, taken = count(said[0], "a line"), said[3] != "-" and count(said[3], "taken") > 0
            of, before = self._branches.get(line, _WITHOUT_BRANCHES)
            self._branches[line] = of + 1, before + taken
        else:
            raise UnreadableError(f"{key} takes other values than {len(said)}")

    def lines(self) -> Lines:
        """All that was said."""
        for line, (of, taken) in self._branches.items():
            self._lines.add(line, taken > 0, of, taken)
        return self._lines
