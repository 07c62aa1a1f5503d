"""Jira's CSV export: a column for each comment, all with one name, and no history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter
from typing import Any, BinaryIO

from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import Get
from collectors.records.text import UnreadableError
from collectors.records.trackers import files
from quality.model.records import Asked, Ticket

NAMES = {
    "id": "Issue key", "title": "Summary", "created": "Created", "updated": "Updated",
    "resolved": "Resolved", "status": "Status", "priority": "Priority", "type": "Issue Type",
    "queue": "Project name", "reporter": "Reporter", "assignee": "Assignee",
}  # fmt: skip
STAMPS = "%d/%b/%y %I:%M %p"  # 02/Mar/26 9:15 AM, where Jira has it as it comes
_COMMENT = {"comment.at": 0, "comment.event": 1, "comment.actor": 2}


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The issues of an export (UnreadableError)."""
    table = _Table(file, asked.encoding)
    fields = {"events.at": "comment.at", "events.event": "comment.event",
              "events.actor": "comment.actor", **asked.fields}  # fmt: skip
    stamps = asked.stamps or STAMPS
    return files.by_columns(table, replace(asked, stamps=stamps, fields=fields), NAMES)


class _Table(CsvTable):
    """The export; its columns of comments are events of its rows."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        super().__init__(file, encoding)
        self._comments = [place for place, name in enumerate(self.header) if name == "Comment"]
        self.nested = self._said

    def find(self, name: str) -> Get | None:
        """The column of a name, or a part of a comment."""
        place = _COMMENT.get(name)
        return super().find(name) if place is None else itemgetter(place)

    def _said(self, row: list[str]) -> list[Any]:
        """The comments of a row: stamp, author and text, parted by semicolons."""
        found = list[Any]()
        for place in self._comments:
            if said := row[place]:
                at, _, rest = said.partition(";")
                actor, parted, _ = rest.partition(";")
                if not parted:
                    raise UnreadableError("a comment without stamp and author")
                found.append((at, "reply", actor))
        return found
