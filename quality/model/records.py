"""What trackers, monitors and help desks claim: records, as a reader takes them from its bytes.

Stamps are aware and in UTC; texts are visible and on one line, whatever the source says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

RecordKind = Literal["tickets", "defects", "outages", "probes"]
"""What a source of records holds; outages hold planned maintenance too."""

EventKind = Literal[
    "created", "status", "priority", "queue", "group", "type", "severity", "reply", "note"
]
"""What happened to a ticket: it was opened, one of its fields was set, or somebody wrote in it for
the other side to read (reply) or for his own (note). The fields at the opening are events at the
opening's time."""

Role = Literal["", "agent", "customer", "robot"]
"""Who the source says did it; "": it does not say."""


class TicketEvent(NamedTuple):
    """An event of a ticket or defect. ``value``: the field's new value ("": none), or empty;
    ``actor``: the name or address of who did it, as the source writes it."""

    at: datetime
    kind: EventKind
    value: str = ""
    actor: str = ""
    role: Role = ""


class Ticket(NamedTuple):
    """A ticket or defect with all that its source says of it now. ``events``: in the order of the
    source, the opening among them; an export without a history gives the stamps that it has as
    events; ``gone``: the source says that it was deleted."""

    id: str
    title: str
    events: tuple[TicketEvent, ...]
    gone: bool = False


class Outage(NamedTuple):
    """A stretch in which a service was down, or a planned maintenance. ``ends`` None: it lasts;
    ``announced_at``: when a maintenance was announced, None where nobody says; ``cause``: as the
    source writes it."""

    id: str
    service: str
    kind: Literal["outage", "maintenance"]
    begins: datetime
    ends: datetime | None
    announced_at: datetime | None = None
    cause: str = ""


class Probed(NamedTuple):
    """Equal results of probes in a row, half-open: from the first to the moment at which its last
    one stops speaking (the next probe, and never more than the probes' interval after it, so that
    what nobody probed is a gap between two stretches). ``results`` and ``failed`` count probes, or
    requests where the source counts these."""

    service: str
    begins: datetime
    ends: datetime
    up: bool
    results: int
    failed: int


Record = Ticket | Outage | Probed


@dataclass(frozen=True, slots=True)
class Asked:
    """How a source is to be read. ``fields``: the source's name of each field of ours, where it
    cannot be known; ``timezone``: of stamps without one, None: they are an error; ``interval``:
    seconds between two probes, 0: as the source says; ``service``: the name of what is probed where
    the source names none; ``encoding``: of text that is not UTF-8; ``stamps``: how stamps are
    written that are not ISO 8601, as strptime says it; ``query``: what is asked of an API, in its
    own words; ``since``: the first moment that an API is asked for."""

    kind: RecordKind
    fields: Mapping[str, str]
    timezone: str | None = None
    interval: int = 0
    service: str = ""
    encoding: str = ""
    stamps: str = ""
    query: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what an API holds: its records, and the cursor from which the next run goes on when
    this page is kept. ``last``: nothing follows now; ``spoken_at``: the moment up to which it is
    told, None: now."""

    records: Iterator[Record]
    cursor: str
    last: bool
    spoken_at: datetime | None = None


Download = Callable[[str, Mapping[str, str]], bytes]
"""Gets the body that stands at a path below the source's own address, with a query's values."""
