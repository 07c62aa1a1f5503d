"""Tickets and defects of any export: a row each, a row for each of its events, or both nested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from collectors.records.mapped.fields import (
    Fields,
    Get,
    Table,
    Texts,
    identity,
    near_of,
    nothing,
    placed,
    text,
    words,
    yes,
)  # fmt: skip
from collectors.records.mapped.grouped import Run, grouped
from collectors.records.stamps import Stamps
from collectors.records.text import UnreadableError
from quality.model.records import Asked, EventKind, Role, Ticket, TicketEvent

MEANT = 1_000  # words that are kept with their meaning
SET: tuple[EventKind, ...] = ("priority", "queue", "group", "type", "severity")
OF_A_TICKET = (
    "id", "title", "created", "reporter", "assignee", "status", *SET,
    "first_response", "resolved", "closed", "updated", "deleted",
)  # fmt: skip
OF_AN_EVENT = ("at", "event", "value", "actor", "role")
_KINDS: dict[str, EventKind] = {each: each for each in ("created", "status", "reply", "note", *SET)}
_WITHOUT_VALUE = ("created", "reply", "note")
_event = partial(tuple.__new__, TicketEvent)  # millions of them: half of what its own call costs
_ROLES: dict[str, Role] = {"agent": "agent", "customer": "customer", "robot": "robot"}


def read(table: Table, asked: Asked) -> Iterator[Ticket]:
    """The tickets of a table (UnreadableError)."""
    fields = Fields(table, asked, (*OF_A_TICKET, *OF_AN_EVENT))
    fields.need("id")
    if fields.given("event") and not table.nested:
        fields.need("at")
        return _by_events(table, fields, asked)
    if not table.nested:
        fields.need("created")
    return _by_rows(table, fields, asked)


def _by_rows(table: Table, fields: Fields, asked: Asked) -> Iterator[Ticket]:
    ticket, nested = Tickets(fields, asked, False).ticket, table.nested
    names = [asked.fields.get(f"events.{name}", name) for name in OF_AN_EVENT]
    event = Events([table.find(name) or nothing for name in names], asked).of
    for row in table.rows():
        try:
            events = [made for each in nested(row) if (made := event(each))] if nested else ()
            found = ticket(row, events)
        except UnreadableError as error:
            raise placed(table, error) from None
        yield found


def _by_events(table: Table, fields: Fields, asked: Asked) -> Iterator[Ticket]:
    """Rows of one ticket may stand anywhere, and are put together first where they do."""
    tickets = Tickets(fields, asked, True)
    event = Events([fields.get(name) for name in OF_AN_EVENT], asked).of
    get = fields.get("id")
    runs = _runs(table, get)
    line = 0
    for number, of_one in runs if table.together(get) else grouped(runs):
        found, rows = list[TicketEvent](), _Merged()
        try:
            for line, row in of_one:  # noqa: B007  # the error says it
                rows.append(row)
                if made := event(row):
                    found.append(made)
            ticket = tickets.ticket(rows, found, number)
        except UnreadableError as error:
            raise placed(table, error, line) from None
        yield ticket


def _runs(table: Table, get: Get) -> Iterator[tuple[str, Run]]:
    """Rows with one id that stand one after the other."""
    last, number, run = None, "", list[tuple[int, Any]]()
    for row in table.rows():
        said = get(row)
        if said != last or not number:
            if run:
                yield number, run
            try:
                last, number, run = said, identity(said), []
            except UnreadableError as error:
                raise placed(table, error) from None
        run.append((table.line, row))
    if run:
        yield number, run


class _Merged(list[Any]):
    """The rows of one ticket: each field is taken from the first in which it stands."""


class Tickets:
    """Makes tickets of rows, or of several ``merged``."""

    def __init__(self, fields: Fields, asked: Asked, merged: bool) -> None:
        def of(name: str) -> Get:
            return _merging(fields.get(name)) if merged else fields.get(name)

        self._id, self._title = of("id"), of("title")
        self._created, self._reporter = of("created"), of("reporter")
        self._assignee, self._gone = of("assignee"), of("deleted")
        self._set = [(kind, of(kind)) for kind in SET if kind in fields]
        self._status = of("status") if "status" in fields else None
        self._answered = of("first_response") if "first_response" in fields else None
        self._done = [(word, of(word)) for word in ("resolved", "closed") if word in fields]
        self._updated = of("updated")
        self._stamps = Stamps(asked)

    def ticket(self, row: Any, given: Sequence[TicketEvent], number: str = "") -> Ticket:
        """The ticket of a row, to which the given events belong too."""
        number = number or identity(self._id(row))
        of_row = list[TicketEvent]()
        created = self._stamps.may_be(self._created(row))
        opened = created is None and any(event.kind == "created" for event in given)
        if created:
            of_row.append(TicketEvent(created, "created", "", text(self._reporter(row))))
        elif not opened:
            raise UnreadableError(f"{number} has no stamp of its opening (created)")
        if created is None:
            created = next(event.at for event in given if event.kind == "created")
        for kind, get in self._set:
            if value := text(get(row)):
                of_row.append(TicketEvent(created, kind, value))
        if self._answered and (at := self._stamps.may_be(self._answered(row))):
            of_row.append(TicketEvent(at, "reply", "", text(self._assignee(row)), "agent"))
        if not any(event.kind == "status" for event in given):
            of_row += self._statuses(row)
        title = text(self._title(row), 300)
        return Ticket(number, title, (*of_row, *given), yes(self._gone(row)))

    def _statuses(self, row: Any) -> list[TicketEvent]:
        """What the row says of the status, with the stamp since when: a status that has none is no
        event, since nobody says that it holds since the opening."""
        status = text(self._status(row)) if self._status else ""
        done: list[tuple[str, datetime]] = [
            (word, at) for word, get in self._done if (at := self._stamps.may_be(get(row)))
        ]
        found = [TicketEvent(at, "status", word) for word, at in done]
        if status and found:
            found[-1] = found[-1]._replace(value=status)
        elif status and (at := self._stamps.may_be(self._updated(row))):
            found.append(TicketEvent(at, "status", status))
        return found


class Events:
    """Makes events of rows; ``gets``: take stamp, kind, value, actor and role out of one."""

    def __init__(self, gets: list[Get], asked: Asked) -> None:
        self._at, self._kind, self._value, self._actor, self._role = gets
        self._stamp = Stamps(asked).of
        self._kinds = _Kinds(asked.fields)
        self._values, self._roles = Texts(), _Roles(asked.fields)

    def of(self, row: Any) -> TicketEvent | None:
        """The event of a row; None: it has none, or one that the contract does not name."""
        kind = self._kinds[self._kind(row)]
        if kind is None:
            return None
        return _event((
            self._stamp(self._at(row)),
            kind,
            "" if kind in _WITHOUT_VALUE else self._values[self._value(row)],
            self._values[self._actor(row)],
            self._roles[self._role(row)],
        ))  # fmt: skip


class _Kinds(dict[Any, EventKind | None]):
    """Kinds of events by the words of the source."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        stated = words(fields, "event").items()
        named = {said: kind for said, word in stated if (kind := _KINDS.get(word))}
        self._known: dict[str, EventKind] = _KINDS | named
        self._all = not named

    def __missing__(self, value: object) -> EventKind | None:
        said = text(value).casefold()
        kind = self._known.get(said)
        if kind is None and said and self._all:
            raise UnreadableError(_unnamed(said))
        return self.setdefault(value, kind) if len(self) < MEANT else kind


def _unnamed(said: str) -> str:
    """What to do about an event that nobody names."""
    *first, last = _KINDS
    near = near_of(said, list(_KINDS))
    return (
        f"nobody says what {said} is{f' (did you mean {near}?)' if near else ''}: name it in "
        f"fields:, as event.KIND: {said}, where KIND is {', '.join(first)} or {last}; words that "
        "are not named are then passed over"
    )


class _Roles(dict[Any, Role]):
    """Roles by the words of the source."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__()
        stated = {said: role for said, word in words(fields, "role").items()
                  if (role := _ROLES.get(word))}  # fmt: skip
        self._known: dict[str, Role] = {**_ROLES, **stated}

    def __missing__(self, value: object) -> Role:
        role = self._known.get(text(value).casefold(), "")
        return self.setdefault(value, role) if len(self) < MEANT else role


def _merging(get: Get) -> Get:
    if get is nothing:
        return get

    def first(row: Any) -> Any:
        if type(row) is not _Merged:
            return get(row)
        return next((value for each in row if (value := get(each)) not in (None, "")), "")

    return first
