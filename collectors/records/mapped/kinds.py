"""What a table is read as, by the kind of record that a source holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collectors.records.mapped import outages, probes, tickets
from collectors.records.mapped.fields import Table
from quality.model.records import Asked, Record, RecordKind

_TICKETS = (*tickets.OF_A_TICKET, *tickets.OF_AN_EVENT)
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {
    "tickets": _TICKETS, "defects": _TICKETS, "outages": outages.KNOWN, "probes": probes.KNOWN,
}  # fmt: skip


def records(table: Table, asked: Asked) -> Iterator[Record]:
    """The records of a table (UnreadableError)."""
    if asked.kind == "probes":
        return probes.read(table, asked)
    if asked.kind == "outages":
        return outages.read(table, asked)
    return tickets.read(table, asked)
