"""Any CSV: fields by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any, BinaryIO

from collectors.records.delimited import Delimited
from collectors.records.mapped import kinds
from collectors.records.mapped.fields import Get, Nested, identity, placed
from collectors.records.text import UnreadableError
from quality.model.records import Asked, Record, RecordKind

KINDS: frozenset[RecordKind] = frozenset(kinds.FIELDS)
FIELDS = kinds.FIELDS
REVISION = 2
IDS = 2_000_000  # that are remembered, by their hashes


def read(file: BinaryIO, asked: Asked) -> Iterator[Record]:
    """The records of a file (UnreadableError)."""
    return kinds.records(CsvTable(file, asked.encoding), asked)


class CsvTable(Delimited):
    """Rows of a CSV file, by the names in its header."""

    nested: Nested = None

    def find(self, name: str) -> Get | None:
        """The column of a name; of several with one name, the first in which something stands."""
        return column(self.header, name)

    def has(self, name: str) -> bool:
        """Whether a column has the name."""
        return self.find(name) is not None

    def together(self, get: Get) -> bool:
        """Whether rows with one id stand one after the other: to read them all once more is cheaper
        than to put them together."""
        seen, last = set[int](), None
        for row in self.rows():
            said = get(row)
            if said != last:
                try:
                    key = hash(identity(said))
                except UnreadableError as error:
                    raise placed(self, error) from None
                if key in seen or len(seen) == IDS:
                    return False
                seen.add(key)
                last = said
        return True

    def named(self, names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """The columns of fields of ours, each by the first of its names that is there."""
        return {
            ours: name
            for ours, theirs in names.items()
            for name in reversed(theirs)  # so that the first one stands
            if self.has(name)
        }


def column(header: list[str], name: str) -> Get | None:
    """Takes what stands in the columns of a name out of a row of fields."""
    places = [place for place, each in enumerate(header) if each == name] or [
        place for place, each in enumerate(header) if each.casefold() == name.casefold()
    ]
    if len(places) < 2:
        return itemgetter(places[0]) if places else None

    def first(row: Any) -> Any:
        return next((row[place] for place in places if row[place] not in ("", None)), "")

    return first
