"""The JSON of coverage.py: per file the lines that ran, those that did not, and the branches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from collectors.records.covered import Files, Lines
from collectors.records.json_reader import JsonReader
from collectors.records.places import FILES, joined
from collectors.records.shapes import a_dict, a_list, whole
from collectors.records.text import UnreadableError, begins_with, line_of
from quality.model.reports import Covered, ReportRow, Run, SectionName

SECTION: SectionName = "coverage"
BY_THEMSELVES = False
REVISION = 1


def looks(head: bytes) -> bool:
    """Whether a file that begins so may be one."""
    return begins_with(head, "{")


def read(file: BinaryIO) -> Iterator[ReportRow]:
    """The rows of a report (UnreadableError)."""
    reader, files, meta = JsonReader(file), Files(), None
    seen = False
    for key in reader.members():
        if key == "files" and reader.kind() == "{":
            seen = True
            for path in reader.members(FILES):
                name = joined("", path.encode("utf-8", "surrogatepass"))
                yield _file(files.number(name), a_dict(reader.value()))
        else:
            value = reader.value()
            meta = a_dict(value) if key == "meta" else meta
    reader.end()
    if not seen or meta is None or not whole(meta.get("format")):
        raise UnreadableError("not JSON of coverage.py: it has no meta.format and files")
    yield Run(0, "coverage.py", line_of(meta.get("version"), 100), "")
    yield from files.rows()


def _file(number: int, said: dict[str, Any]) -> Covered:
    """Branches are pairs of lines; they belong to the line that they leave. What a directive
    excludes is only counted."""
    lines = Lines()
    branches: dict[int, list[int]] = {}
    for taken, key in enumerate(("missing", "executed")):
        for line in a_list(said.get(f"{key}_lines")):
            lines.add(whole(line), bool(taken))
        for pair in a_list(said.get(f"{key}_branches")):
            at = whole(abs(line)) if isinstance(line := (a_list(pair) or [0])[0], int) else 0
            branches.setdefault(at, [0, 0])[taken] += 1
    for line, (missed, run) in branches.items():
        lines.add(line, run > 0, missed + run, run)
    return lines.row(number, len(a_list(said.get("excluded_lines"))))
