"""Lines and branches of one file as they are read, and the files of a report by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.records.places import FILES
from collectors.records.shapes import LARGEST
from collectors.records.text import UnreadableError, line_of
from quality.model.reports import Covered, NamedFile

LINES = 2_000_000  # of a file
_NUMBER = re.compile(r"[0-9]{1,18}")


class Files:
    """The files that a report names, numbered by their paths."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, path: str) -> int:
        """The number of a file."""
        found = self._numbers.setdefault(path, len(self._numbers))
        if found == FILES:
            raise UnreadableError(f"it names more than {FILES:,} files")
        return found

    def rows(self) -> Iterator[NamedFile]:
        """Each of them, at the end of the report."""
        yield from (NamedFile(number, path) for path, number in self._numbers.items())


class Lines:
    """What is said of a file's lines; what is said twice of one adds up."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[bool, int, int]] = {}

    def add(self, line: int, hit: bool, branches: int = 0, taken: int = 0) -> None:
        """A line that can be run; taken branches are no more than there are."""
        before = self._lines.get(line)
        if before is None:
            if not 0 < line <= LARGEST:
                raise UnreadableError(f"line {line} is in no file")
            if len(self._lines) == LINES:
                raise UnreadableError(f"more than {LINES:,} lines of one file")
            before = False, 0, 0
        hit, branches, taken = before[0] or hit, max(before[1], branches), max(before[2], taken)
        self._lines[line] = hit, branches, min(taken, branches)

    def row(self, file: int, excluded: int = 0) -> Covered:
        """All of it."""
        lines = sorted(self._lines)
        said = [self._lines[line] for line in lines]
        hit = tuple(each[0] for each in said)
        branches, taken = tuple(each[1] for each in said), tuple(each[2] for each in said)
        return Covered(file, tuple(lines), hit, branches, taken, excluded)


def count(text: str | None, what: str) -> int:
    """A number of a report (UnreadableError: it is none)."""
    if text is None or not _NUMBER.fullmatch(text.strip()):
        raise UnreadableError(f"{what} is not a number: {line_of(text, 40) or 'nothing'}")
    return min(int(text), LARGEST)
