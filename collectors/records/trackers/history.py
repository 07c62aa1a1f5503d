"""The events of a ticket, from what a tracker says of it now and of each change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from collectors.records.mapped.fields import text
from quality.model.records import EventKind, Role, TicketEvent

By = tuple[str, Role]
"""Who did it, and as what, as far as the source says so."""
NOBODY: By = ("", "")


class History:
    """One ticket. Changes come oldest first; a field's value at the opening is what its first
    change began with, or what it is now."""

    def __init__(self, opened: datetime, by: By) -> None:
        self._opened = opened
        self._created = TicketEvent(opened, "created", "", *by)
        self._first, self._last = dict[EventKind, str](), dict[EventKind, str]()
        self._events = list[TicketEvent]()

    def change(
        self, at: datetime, kind: EventKind, before: object, after: object, by: By = NOBODY
    ) -> None:
        """A field got another value; ``before`` None: nobody says what it was."""
        self._first.setdefault(kind, text(before))
        self._last[kind] = value = text(after)
        self._events.append(TicketEvent(at, kind, value, *by))

    def labelled(self, at: datetime, kind: EventKind, value: str, put: bool, by: By) -> None:
        """A label was put, or taken away: then the field is empty, unless another one stands."""
        self._first.setdefault(kind, "")
        if put or self._last.get(kind, value) == value:
            self._last[kind] = value if put else ""
            self._events.append(TicketEvent(at, kind, self._last[kind], *by))

    def said(self, at: datetime, public: bool, by: By) -> None:
        """Somebody wrote in it, for the other side to read or not."""
        kind: EventKind = "reply" if public else "note"
        self._events.append(TicketEvent(at, kind, "", *by))

    def now(self, kind: EventKind, value: object, since: datetime | None = None) -> None:
        """What a field is now, after all changes; ``since``: the latest moment at which it can
        have become so, where it is not what its last change made of it."""
        current = text(value)
        if kind not in self._last:
            if current:
                self._first[kind] = current
        elif current != self._last[kind] and since:
            self._events.append(TicketEvent(since, kind, current))

    def events(self) -> tuple[TicketEvent, ...]:
        """All of it: the opening, the fields at that moment, and what came then."""
        at_first = (
            TicketEvent(self._opened, kind, value) for kind, value in self._first.items() if value
        )
        return (self._created, *at_first, *self._events)


def label_name(label: object) -> str:
    """What a label is called, whether an object or its name stands there."""
    return text(label.get("name") if isinstance(label, dict) else label)


def labelled(labels: Iterable[str], prefix: str) -> str:
    """What labels say of a field that is kept in those with a prefix."""
    return next((each[len(prefix) :].strip() for each in labels if each.startswith(prefix)), "")
