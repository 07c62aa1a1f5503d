"""Any JSON: a list of records, an object with such a list in it, or a record on each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, BinaryIO

from collectors.records.json_reader import JsonReader
from collectors.records.mapped import kinds
from collectors.records.mapped.fields import Get, Nested
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Record, RecordKind

KINDS: frozenset[RecordKind] = frozenset(kinds.FIELDS)
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {
    kind: (*names, "records", "events") for kind, names in kinds.FIELDS.items()
}
REVISION = 2
DEEPEST = 10  # names in a path


def read(file: BinaryIO, asked: Asked) -> Iterator[Record]:
    """The records of a file (UnreadableError)."""
    reader = JsonReader(file, asked.encoding)
    return kinds.records(JsonTable(elements(reader, asked.fields.get("records", "")), asked), asked)


def elements(reader: JsonReader, path: str) -> Iterator[Any]:
    """The elements of the list at a path of names with dots; without one, of the list that the
    file is, or the values that stand in it one after the other."""
    if path:
        names = path.split(".")
        if len(names) > DEEPEST:
            raise UnreadableError(f"records: {line_of(path, 60)} is too long a path")
        yield from _inside(reader, names, path)
        reader.end()
    elif reader.kind() == "[":
        yield from reader.values()
        reader.end()
    else:
        while not reader.ended():
            yield reader.value()


def _inside(reader: JsonReader, names: list[str], path: str) -> Iterator[Any]:
    if not names:
        if reader.kind() != "[":
            raise UnreadableError(f"{line_of(path, 60)} is not a list")
        yield from reader.values()
        return
    found = False
    if reader.kind() == "{":
        for key in reader.members():
            if key == names[0]:
                found = True
                yield from _inside(reader, names[1:], path)
            else:
                reader.value()
    if not found:
        raise UnreadableError(f"it has no list {line_of(path, 60)}")


class JsonTable:
    """Records of a JSON file, whose fields are paths of names with dots."""

    unit = "record"
    header: Sequence[str] = ()  # a field may stand in any record

    def __init__(self, walk: Iterator[Any], asked: Asked) -> None:
        self.line = 0
        self._first = list(islice(walk, 1))
        self._walk = chain(self._first, walk)
        if "records" not in asked.fields:
            self._no_wrapper(asked)
        events = asked.fields.get("events", "events")
        nested = "events" in asked.fields or self.has("events")
        self.nested: Nested = partial(_list_at, events.split("."), events) if nested else None

    def rows(self) -> Iterator[Any]:
        """Each record; one that is no object is an error."""
        for line, row in enumerate(self._walk, 1):
            self.line = line
            if type(row) is not dict:
                raise UnreadableError(f"record {self.line:,}: an object was expected")
            yield row

    def find(self, name: str) -> Get:
        """Takes a field out of a record; it may be missing in any of them."""
        if "." not in name:
            return lambda row: _plain(row.get(name), name)
        names = name.split(".")
        return lambda row: _plain(row[name] if name in row else _at(row, names), name)

    def has(self, name: str) -> bool:
        """Whether the first record has such a field."""
        return bool(self._first) and _at(self._first[0], [name]) is not None

    def together(self, _: Get) -> bool:
        """Nobody knows before the end, and then they are gone."""
        return False

    def _no_wrapper(self, asked: Asked) -> None:
        """One object, without an id, in which lists stand, is no record (UnreadableError)."""
        first = self._first[0] if self._first else None
        if isinstance(first, dict) and asked.fields.get("id", "id").split(".")[0] not in first:
            lists = [key for key, value in first.items() if isinstance(value, list)]
            if lists and asked.kind in ("tickets", "defects"):
                name = line_of(lists[0], 60)
                raise UnreadableError(f"its records are in a list: name it, records: {name}")


def _at(row: Any, names: list[str]) -> Any:
    for name in names:
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _list_at(names: list[str], path: str, row: Any) -> list[Any]:
    found = _at(row, names)
    if found is None:
        return []
    if not isinstance(found, list) or not all(type(each) is dict for each in found):
        raise UnreadableError(f"{line_of(path, 60)} is not a list of objects")
    return found


def _plain(value: Any, name: str) -> Any:
    if type(value) is dict or type(value) is list:
        raise UnreadableError(
            f"{line_of(name, 60)} is neither text nor a number: name what is inside it"
        )
    return value
