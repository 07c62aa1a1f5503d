"""Uptime Kuma: heartbeats, as its API gives them or as its database is exported to CSV.

A pending heartbeat is a probe that failed and is tried again: it failed. One during maintenance is
no probe. Where no list of monitors stands beside them, ``fields`` names a service by the number of
its monitor: ``service.shop: 29``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from collectors.records.json_reader import JsonReader, is_json
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import placed, text, words
from collectors.records.shapes import a_dict, a_list, whole
from collectors.records.stamps import Stamps, in_utc
from collectors.records.stretches import Stretches
from collectors.records.text import UnreadableError
from quality.model.records import Asked, Probed, RecordKind

KINDS: frozenset[RecordKind] = frozenset({"probes"})
FIELDS: Mapping[RecordKind, tuple[str, ...]] = {"probes": ("service",)}
REVISION = 2
UP, MAINTENANCE = 1, 3
_STATES = {"0": 0, "1": UP, "2": 2, "3": MAINTENANCE, "down": 0, "up": UP, "pending": 2,
           "maintenance": MAINTENANCE}  # fmt: skip
_COLUMNS = ("monitor_id", "status", "time")


def read(file: BinaryIO, asked: Asked) -> Iterator[Probed]:
    """The stretches of an export (UnreadableError). Its stamps are UTC."""
    if is_json(file):
        yield from _json(file, asked)
    else:
        yield from _table(CsvTable(file, asked.encoding), asked)


def _table(table: CsvTable, asked: Asked) -> Iterator[Probed]:
    gets = [table.find(name) for name in _COLUMNS]
    if None in gets:
        raise UnreadableError(f"it has no columns {', '.join(_COLUMNS)}: export with a header")
    beats = _Beats(asked, {})
    for row in table.rows():
        try:
            done = beats.add(*(get(row) for get in gets if get))
        except UnreadableError as error:
            raise placed(table, error) from None
        yield from done
    yield from beats.rest()


def _json(file: BinaryIO, asked: Asked) -> Iterator[Probed]:
    """Heartbeats in a list, which may be long, or by monitor beside the list of monitors."""
    reader = JsonReader(file, asked.encoding)
    if reader.kind() == "[":
        beats = _Beats(asked, {})
        yield from _added(beats, reader.values())
        reader.end()
        yield from beats.rest()
        return
    said = a_dict(reader.value())
    reader.end()
    monitors = _listed(said.get("monitorList", []))
    named = {text(each.get("id")): a_dict(each) for each in map(a_dict, monitors)}
    listed = said.get("heartbeatList", said.get("heartbeats"))
    groups = listed.items() if isinstance(listed, dict) else [("", a_list(listed))]
    beats = _Beats(asked, named)  # of all monitors: no two may be one service
    for number, group in groups:
        yield from _added(beats, sorted(map(a_dict, a_list(group)), key=_order), number)
    yield from beats.rest()


def _added(beats: _Beats, found: Iterable[Any], number: str = "") -> Iterator[Probed]:
    """The stretches that heartbeats complete; ``number``: of the monitor, where they do not say."""
    for place, beat in enumerate(map(a_dict, found), 1):
        monitor = beat.get("monitorID", beat.get("monitor_id", number))
        try:
            done = beats.add(monitor, beat.get("status"), beat.get("time"))
        except UnreadableError as error:
            raise UnreadableError(f"heartbeat {place:,}: {error}") from None
        yield from done


def _order(beat: dict[str, Any]) -> str:
    return text(beat.get("time"))


def _listed(monitors: object) -> list[Any]:
    return list(monitors.values()) if isinstance(monitors, dict) else a_list(monitors)


class _Beats:
    """Heartbeats as stretches, each monitor a service of its own; how often it probes, it says
    itself or the contract."""

    def __init__(self, asked: Asked, monitors: dict[str, dict[str, Any]]) -> None:
        self._asked, self._monitors = asked, monitors
        self._stamp = Stamps(in_utc(asked)).of
        self._named = words(asked.fields, "service")
        self._stretches = dict[str, tuple[str, Stretches]]()
        self._services = set[str]()

    def add(self, monitor: object, status: object, time: object) -> list[Probed]:
        """A heartbeat."""
        number = text(monitor)
        service, stretches = self._stretches.get(number) or self._of(number)
        state = _STATES.get(text(status).casefold())
        if state is None:
            raise UnreadableError(f"{text(status) or 'nothing'} is not a state of a monitor")
        at = self._stamp(time)
        return [] if state == MAINTENANCE else stretches.add(service, at, state == UP)

    def rest(self) -> Iterator[Probed]:
        """What is complete when nothing follows."""
        for _, stretches in self._stretches.values():
            yield from stretches.rest()

    def _of(self, number: str) -> tuple[str, Stretches]:
        known = self._monitors.get(number, {})
        named = self._named.get(number) or text(known.get("name"))
        service = named or self._asked.service
        if not service or (service in self._services and not named):
            raise UnreadableError(f"monitor {number} has no name: state service.NAME: {number}")
        if service in self._services:
            raise UnreadableError(
                f"monitor {number} is called {service}, as another one is: "
                f"state service.NAME: {number}"
            )
        self._services.add(service)
        interval = self._asked.interval or whole(known.get("interval"))
        found = self._stretches[number] = service, Stretches(interval)
        return found
