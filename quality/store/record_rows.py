"""A record as rows of the database, and the digest of all that its source says of it."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from quality.model.records import Outage, Probed, Record, Ticket

Content = list[tuple[object, ...]]


class Row(NamedTuple):
    """The head of a record's version, and its rows in a ``table``, without the version's number."""

    id: str
    digest: str
    title: str
    gone: bool
    table: str
    content: Content


def row_of(record: Record) -> Row:
    """A record as it is kept."""
    match record:
        case Ticket(id, title, events, gone):
            content = _events(events)
            return Row(id, _digest(title, gone, content), title, gone, "ticket_events", content)
        case Outage(id, service, kind, begins, ends, announced_at, cause):
            row = (service, kind, _seconds(begins), _maybe(ends), _maybe(announced_at), cause)
            return Row(id, _digest("", False, [row]), "", False, "outages", [row])
        case Probed(service, begins, ends, up, results, failed):
            stretch = (service, _seconds(begins), _seconds(ends), up, results, failed)
            name = f"{service}@{stretch[1]}"
            return Row(name, _digest("", False, [stretch]), "", False, "probe_stretches", [stretch])


def _events(events: tuple[tuple[datetime, str, str, str, str], ...]) -> Content:
    """A ticket's events in the order of time, numbered; at one time they stay in the source's."""
    in_time = sorted(events, key=itemgetter(0))
    return [(number, _seconds(at), *rest) for number, (at, *rest) in enumerate(in_time)]


def _digest(title: str, gone: bool, content: Content) -> str:
    text = repr((title, gone, content))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _seconds(moment: datetime) -> int:
    """Seconds since 1970, the begun one cut."""
    return int(moment.timestamp() // 1)


def _maybe(moment: datetime | None) -> int | None:
    return None if moment is None else _seconds(moment)
