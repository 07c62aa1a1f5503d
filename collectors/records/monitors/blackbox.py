"""CSV of a blackbox exporter's probes, as dashboards export it: probe_success in a column, and what
is probed in another one, or a column for each series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import BinaryIO

from collectors.records.mapped import probes
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import placed, text
from collectors.records.stamps import Stamps
from collectors.records.stretches import Stretches
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Probed, RecordKind

KINDS: frozenset[RecordKind] = frozenset({"probes"})
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {"probes": ("service", "at", "up")}
REVISION = 1
_NAMES = {
    "at": ("time", "timestamp", "date", "at"),
    "up": ("probe_success", "value", "success", "up"),
    "service": ("instance", "target", "job", "service"),
}
_INSTANCE = re.compile(r'(?:instance|target)="([^"]*)"')


def read(file: BinaryIO, asked: Asked) -> Iterator[Probed]:
    """The stretches of an export (UnreadableError)."""
    table = CsvTable(file, asked.encoding)
    fields = {**table.named(_NAMES), **asked.fields}
    if "at" not in fields:
        raise UnreadableError("it has no column of time: name it in fields: at:")
    if "up" in fields and ("service" in fields or asked.service):
        yield from probes.read(table, replace(asked, fields=fields))
    else:
        yield from _by_columns(table, replace(asked, fields=fields))


def _by_columns(table: CsvTable, asked: Asked) -> Iterator[Probed]:
    get_at = table.find(asked.fields["at"])
    if not get_at:
        raise UnreadableError(f"it has no column {line_of(asked.fields['at'], 60)}")
    at_place = [name.casefold() for name in table.header].index(asked.fields["at"].casefold())
    series = [(place, _named(name)) for place, name in enumerate(table.header) if place != at_place]
    stamp, stretches = Stamps(asked).of, Stretches(asked.interval)
    for row in table.rows():
        try:
            at, done = stamp(get_at(row)), list[Probed]()
            for place, service in series:
                if said := row[place].strip():
                    done += stretches.add(service, at, _up(said))
        except UnreadableError as error:
            raise placed(table, error) from None
        yield from done
    yield from stretches.rest()


def _named(header: str) -> str:
    """What a column's series probes."""
    instance = _INSTANCE.search(header)
    return text(instance[1] if instance else header, 200)


def _up(said: str) -> bool:
    try:
        value = float(said)
    except ValueError:
        raise UnreadableError(f"{line_of(said, 40)} is not a value of probe_success") from None
    if value not in (0, 1):
        raise UnreadableError(f"{line_of(said, 40)} is not a value of probe_success")
    return value == 1
