"""A record as rows of the database, and the digest of all that its source says of it."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple, cast

from quality.model.records import Outage, Probed, Record, Role, Ticket, TicketEvent

Rows = Sequence[tuple[object, ...]]
State = tuple[str, ...]
"""What stands in a ticket's fields, in the order of ``_FIELDS``."""

StateOf = Callable[[State], int]
"""The number of a combination of values of a ticket's fields."""

RoleOf = Callable[[str, Role], Role]
"""Who did something, by his name and by what the source says of him."""

_FIELDS = {"status": 0, "priority": 1, "queue": 2, "group": 3, "type": 4, "severity": 5}
_EVENTS = "ticket_events"
_PLAIN = 2  # of marshal: equal values give equal bytes, whatever they share in memory
_EPOCH, _SECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=1)
_in_time = itemgetter(0)


class Row(NamedTuple):
    """The head of a record's version, and what the source says of it: rows of a table, without the
    version's number."""

    id: str
    digest: str
    title: str
    gone: bool
    table: str
    said: Rows


def row_of(record: Record, role_of: RoleOf | None = None) -> Row:
    """A record as it is kept; ``role_of`` None: everybody is who the source says."""
    match record:
        case Ticket(id, title, events, gone):
            happened = _events(events, role_of)
            return Row(id, _digest(title, gone, happened), title, gone, _EVENTS, happened)
        case Outage(id, service, kind, begins, ends, announced_at, cause):
            row = (service, kind, _seconds(begins), _maybe(ends), _maybe(announced_at), cause)
            return Row(id, _digest("", False, [row]), "", False, "outages", [row])
        case Probed(service, begins, ends, up, results, failed):
            stretch = (service, _seconds(begins), _seconds(ends), up, results, failed)
            name, digest = f"{service}@{stretch[1]}", _digest("", False, [stretch])
            return Row(name, digest, "", False, "probe_stretches", [stretch])


def content(row: Row, version: int, state_of: StateOf) -> Iterator[tuple[str, Rows]]:
    """The rows of a record's version by table: what is said, and what follows from it."""
    yield row.table, [(version, *each) for each in row.said]
    if row.table == _EVENTS and row.said:
        events = cast("Sequence[_Event]", row.said)  # made above
        opened, opener = next(
            ((at, role) for _, at, kind, _, _, role in events if kind == "created"),
            (events[0][1], ""),
        )
        answered = next((max(at, opened) for _, at, kind, _, _, role in events
                         if kind == "reply" and role == "agent"), None)  # fmt: skip
        yield "tickets", [(version, opened, answered, opener == "agent")]
        yield "ticket_fields", _fields(version, events, opened, state_of)


_Event = tuple[int, int, str, str, str, Role]


def _events(events: tuple[TicketEvent, ...], role_of: RoleOf | None) -> list[_Event]:
    """A ticket's events in the order of time, numbered; at one time they stay in the source's."""
    numbered = enumerate(sorted(events, key=_in_time))
    if role_of is None:  # in line: of a large export each step is taken eight million times
        return [
            (number, (at - _EPOCH) // _SECOND, kind, value, actor, role)
            for number, (at, kind, value, actor, role) in numbered
        ]
    return [
        (number, _seconds(at), kind, value, actor, role_of(actor, role))
        for number, (at, kind, value, actor, role) in numbered
    ]


def _fields(version: int, events: Sequence[_Event], opened: int, state_of: StateOf) -> Rows:
    """What stands in a ticket's fields, and who spoke last, from one event to the next."""
    found: list[tuple[object, ...]] = []
    state, spoke = [""] * len(_FIELDS), ""
    begins = opened
    for _, at, kind, value, _, role in events:
        speaks = kind == "reply" and role in {"agent", "customer"} and role != spoke
        place = _FIELDS.get(kind)
        if not speaks and (place is None or value == state[place]):
            continue
        if at > begins:
            found.append((version, begins, at, state_of(tuple(state)), spoke))
            begins = at
        if speaks:
            spoke = role
        elif place is not None:
            state[place] = value
    found.append((version, begins, None, state_of(tuple(state)), spoke))
    return found


def _digest(title: str, gone: bool, said: Rows) -> str:
    plain = marshal.dumps((title, gone, said), _PLAIN)  # type: ignore[arg-type]  # texts, numbers
    return blake2b(plain, digest_size=16).hexdigest()


def _seconds(moment: datetime) -> int:
    """Seconds since 1970, the begun one cut."""
    return (moment - _EPOCH) // _SECOND


def _maybe(moment: datetime | None) -> int | None:
    return None if moment is None else _seconds(moment)
