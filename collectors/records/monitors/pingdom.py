"""Pingdom: states of a check (summary.outage), single results, and the CSV of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from collectors.records.json_reader import JsonReader, is_json
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import placed, text
from collectors.records.shapes import a_dict, a_list
from collectors.records.stamps import Stamps
from collectors.records.stretches import Stretches, quarters
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Outage, Probed, RecordKind

KINDS: frozenset[RecordKind] = frozenset({"outages", "probes"})
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(
    KINDS, ("service", "status", "from", "to")
)
REVISION = 1
_NAMES = {
    "from": ("from", "timefrom", "start", "time", "date and time"),
    "to": ("to", "timeto", "end"),
    "status": ("status", "state"),
    "service": ("check name", "check", "name", "service"),
}  # fmt: skip
_STATES = {"up": True, "down": False, "unconfirmed_down": False, "unconfirmed down": False}
_NOTHING_KNOWN = {"unknown", "paused"}


class State(NamedTuple):
    """What a check is from a moment on; ``ends`` None: for as long as a result speaks."""

    service: str
    begins: datetime
    ends: datetime | None
    up: bool | None


def read(file: BinaryIO, asked: Asked) -> Iterator[Outage | Probed]:
    """What a check was (UnreadableError). As outages, only states are read, and they may have no
    stretch of which Pingdom knows nothing: that is no time without outage."""
    states = _json(file, asked) if is_json(file) else _table(CsvTable(file, asked.encoding), asked)
    return _outages(states) if asked.kind == "outages" else _probes(states, asked)


def _outages(states: Iterator[State]) -> Iterator[Outage]:
    for service, begins, ends, up in states:
        if ends is None:
            raise UnreadableError("single results are not outages: read them as kind: probes")
        if up is None:
            raise UnreadableError(
                f"{service} was not watched from {begins:%Y-%m-%d %H:%M}: read it as kind: probes"
            )
        if not up:
            yield Outage(f"{service} {begins.isoformat()}", service, "outage", begins, ends)


def _probes(states: Iterator[State], asked: Asked) -> Iterator[Probed]:
    taken: Stretches | None = None
    for service, begins, ends, up in states:
        if up is None:
            continue
        if ends is None:
            taken = taken or Stretches(asked.interval)
            yield from taken.add(service, begins, up)
        else:
            for start, end in quarters(begins, ends):
                yield Probed(service, start, end, up, 0, 0)
    if taken:
        yield from taken.rest()


def _table(table: CsvTable, asked: Asked) -> Iterator[State]:
    named = {**table.named(_NAMES), **asked.fields}
    gets = {ours: table.find(named[ours]) if ours in named else None for ours in _NAMES}
    if not gets["from"] or not gets["status"]:
        raise UnreadableError("it has no columns Status and From: name them in fields:")
    make = _States(asked)
    for row in table.rows():
        try:
            state = make.of({ours: get(row) for ours, get in gets.items() if get}, bool(gets["to"]))
        except UnreadableError as error:
            raise placed(table, error) from None
        yield state


def _json(file: BinaryIO, asked: Asked) -> Iterator[State]:
    """Answers of the API, one or several after the other."""
    reader, make = JsonReader(file, asked.encoding), _States(asked)
    while not reader.ended():
        said = a_dict(reader.value())
        report = a_dict(said.get("summary") or said.get("report"))
        service = {"service": report.get("name")}
        if isinstance(report.get("states"), list):
            for each in map(a_dict, report["states"]):
                begins, ends = (each.get(f"time{name}", each.get(name)) for name in ("from", "to"))
                yield make.of({**service, "status": each.get("status"), "from": begins, "to": ends},
                              True)  # fmt: skip
        elif isinstance(said.get("results"), list):
            for each in map(a_dict, a_list(said["results"])):
                yield make.of({"status": each.get("status"), "from": each.get("time")}, False)
        else:
            raise UnreadableError("not states or results of Pingdom")


class _States:
    """Makes states of fields."""

    def __init__(self, asked: Asked) -> None:
        self._stamps, self._service = Stamps(asked), asked.service

    def of(self, said: dict[str, Any], lasting: bool) -> State:
        """The state (UnreadableError)."""
        word = text(said.get("status")).casefold()
        up = _STATES.get(word)
        if up is None and word not in _NOTHING_KNOWN:
            raise UnreadableError(f"{line_of(word, 40) or 'nothing'} is not a status of a check")
        service = text(said.get("service")) or self._service
        if not service:
            raise UnreadableError("a status of no check: state the source's service:")
        begins = self._stamps.of(said.get("from"))
        ends = self._stamps.of(said.get("to")) if lasting else None
        if ends is not None and ends < begins:
            raise UnreadableError("a status ends before it begins")
        return State(service, begins, ends, up)
