"""Files that trackers export: their tickets in JSON as in the API, or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from collectors.records.json_reader import JsonReader
from collectors.records.mapped import tickets
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.shapes import a_dict
from collectors.records.text import UnreadableError
from quality.model.records import Asked, EventKind, RecordKind, Ticket

KINDS: frozenset[RecordKind] = frozenset({"tickets", "defects"})


def items(file: BinaryIO, key: str, encoding: str = "") -> Iterator[Any]:
    """The tickets of a JSON file: a list of them, answers of an API with a list under a key, or
    tickets one after the other."""
    reader = JsonReader(file, encoding)
    if reader.kind() == "[":
        yield from reader.values()
        reader.end()
        return
    while not reader.ended():
        single, listed = dict[str, Any](), False
        for name in reader.members():
            if name == key and reader.kind() == "[":
                listed = True
                yield from reader.values()
            else:
                single[name] = reader.value()
        if not listed:
            yield single


def each(found: Iterator[Any], make: Callable[[dict[str, Any]], Ticket | None]) -> Iterator[Ticket]:
    """Tickets of items; what is wrong with one says which it is."""
    for number, item in enumerate(found, 1):
        try:
            ticket = make(a_dict(item))
        except UnreadableError as error:
            raise UnreadableError(f"ticket {number:,}: {error}") from None
        if ticket:
            yield ticket


def by_columns(table: CsvTable, asked: Asked, names: Mapping[str, str]) -> Iterator[Ticket]:
    """The tickets of a table, by the names that the tracker gives its columns."""
    known = {ours: theirs for ours, theirs in names.items() if table.has(theirs)}
    return tickets.read(table, replace(asked, fields={**known, **asked.fields}))


def stated(asked: Asked) -> dict[EventKind, str]:
    """Where the fields of a ticket stand in the tracker, as far as the contract says it."""
    return {kind: asked.fields[kind] for kind in tickets.SET if kind in asked.fields}
