"""A record as rows of the database, and the digest of all that its source says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from quality.model.records import Outage, Probed, Record, Role, Ticket, TicketEvent

Rows = Sequence[tuple[object, ...]]
State = tuple[str, str, str, str, str, str]
StateOf = Callable[[State], int]
"""The number of a combination of values of a ticket's fields."""

RoleOf = Callable[[str, Role], Role]
"""Who did something, by his name and by what the source says of him."""

_FIELDS = {"status": 0, "priority": 1, "queue": 2, "group": 3, "type": 4, "severity": 5}


class Row(NamedTuple):
    """The head of a record's version, and its rows by table, without the version's number."""

    id: str
    digest: str
    title: str
    gone: bool
    content: tuple[tuple[str, Rows], ...]


def row_of(record: Record, role_of: RoleOf, state_of: StateOf) -> Row:
    """A record as it is kept."""
    match record:
        case Ticket(id, title, events, gone):
            happened = _events(events, role_of)
            digest = _digest(title, gone, happened)
            return Row(id, digest, title, gone, _ticket(happened, state_of))
        case Outage(id, service, kind, begins, ends, announced_at, cause):
            row = (service, kind, _seconds(begins), _maybe(ends), _maybe(announced_at), cause)
            return Row(id, _digest("", False, [row]), "", False, (("outages", [row]),))
        case Probed(service, begins, ends, up, results, failed):
            stretch = (service, _seconds(begins), _seconds(ends), up, results, failed)
            name, digest = f"{service}@{stretch[1]}", _digest("", False, [stretch])
            return Row(name, digest, "", False, (("probe_stretches", [stretch]),))


_Event = tuple[int, int, str, str, str, Role]


def _events(events: tuple[TicketEvent, ...], role_of: RoleOf) -> list[_Event]:
    """A ticket's events in the order of time, numbered; at one time they stay in the source's."""
    in_time = sorted(events, key=itemgetter(0))
    return [
        (number, _seconds(at), kind, value, actor, role_of(actor, role))
        for number, (at, kind, value, actor, role) in enumerate(in_time)
    ]


def _ticket(events: list[_Event], state_of: StateOf) -> tuple[tuple[str, Rows], ...]:
    """A ticket's rows: its events, and what follows from them."""
    if not events:
        return ()
    opened, opener = next(
        ((at, role) for _, at, kind, _, _, role in events if kind == "created"), (events[0][1], "")
    )
    answered = next((max(at, opened) for _, at, kind, _, _, role in events
                     if kind == "reply" and role == "agent"), None)  # fmt: skip
    return (
        ("ticket_events", events),
        ("tickets", [(opened, answered, opener == "agent")]),
        ("ticket_fields", _fields(events, opened, state_of)),
    )


def _fields(events: list[_Event], opened: int, state_of: StateOf) -> Rows:
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
            found.append((begins, at, state_of(tuple(state)), spoke))  # type: ignore[arg-type]
            begins = at
        if speaks:
            spoke = role
        elif place is not None:
            state[place] = value
    found.append((begins, None, state_of(tuple(state)), spoke))  # type: ignore[arg-type]
    return found


def _digest(title: str, gone: bool, content: Rows) -> str:
    text = repr((title, gone, content))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _seconds(moment: datetime) -> int:
    """Seconds since 1970, the begun one cut."""
    return int(moment.timestamp() // 1)


def _maybe(moment: datetime | None) -> int | None:
    return None if moment is None else _seconds(moment)
