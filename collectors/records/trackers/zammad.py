"""Zammad: tickets with their articles and histories, and CSV exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from collectors.records.answers import answer, changed, listed, segment
from collectors.records.json_reader import is_json
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import identity, text
from collectors.records.mapped.tickets import OF_A_TICKET
from collectors.records.shapes import a_dict, a_list
from collectors.records.stamps import Stamps
from collectors.records.text import line_of
from collectors.records.trackers import files
from collectors.records.trackers.history import History
from quality.model.records import Asked, Download, EventKind, Page, RecordKind, Role, Ticket

KINDS = files.KINDS
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(KINDS, OF_A_TICKET)
REVISION = 1
AUTHORIZATION = "Token token={}"
SIZE = 100
SEARCH = "api/v1/tickets/search"
_WHERE: dict[EventKind, str] = {
    "status": "state", "priority": "priority", "queue": "group", "type": "type",
    "group": "organization",
}  # fmt: skip
_ROLES: dict[str, Role] = {"Agent": "agent", "Customer": "customer", "System": "robot"}
NAMES = {
    "id": "number", "created": "created_at", "updated": "updated_at", "closed": "close_at",
    "first_response": "first_response_at", "status": "state", "queue": "group",
    "group": "organization", "reporter": "customer", "assignee": "owner",
}  # fmt: skip


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The tickets of an export: the API's JSON with names (expand=true), with ``articles`` and
    ``history`` in a ticket where it has them; or CSV."""
    if is_json(file):
        return files.each(files.items(file, "tickets", asked.encoding), Tickets(asked).ticket)
    return files.by_columns(CsvTable(file, asked.encoding), asked, NAMES)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The tickets that changed since a cursor, with articles and histories. The address is that of
    the site, https://help.example; ``query`` is one of its searches."""
    tickets = Tickets(asked)

    def get(since: datetime, page: int) -> list[dict[str, Any]]:
        search = f"updated_at:>={since:%Y-%m-%dT%H:%M:%SZ}"
        search = f"({asked.query}) AND {search}" if asked.query else search
        query = {"query": search, "sort_by": "updated_at", "order_by": "asc", "expand": "true",
                 "per_page": str(SIZE), "page": str(page)}  # fmt: skip
        return listed(answer(download, SEARCH, query), SEARCH)

    for items, newest, last in changed(get, tickets.updated, cursor, SIZE, SEARCH):
        complete = partial(_with_parts, download)
        yield Page(files.each(map(complete, items), tickets.ticket), newest, last)


def _with_parts(download: Download, ticket: dict[str, Any]) -> dict[str, Any]:
    number = segment(ticket.get("id"))
    articles = f"api/v1/ticket_articles/by_ticket/{number}"
    said = a_dict(answer(download, f"api/v1/ticket_history/{number}", {}))
    return {
        **ticket,
        "articles": listed(answer(download, articles, {"expand": "true"}), articles),
        "history": listed(said.get("history"), "history"),
        "assets": said.get("assets"),
    }


class Tickets:
    """Makes tickets of tickets."""

    def __init__(self, asked: Asked) -> None:
        self._stamps = Stamps(asked)
        self._where = _WHERE | files.stated(asked)
        self._kinds: dict[str, EventKind] = {name: kind for kind, name in self._where.items()}

    def updated(self, ticket: dict[str, Any]) -> datetime:
        """When it changed last."""
        return self._stamps.of(ticket.get("updated_at"))

    def ticket(self, ticket: dict[str, Any]) -> Ticket:
        """The ticket, by the number that people see."""
        number = identity(ticket.get("number") or ticket.get("id"))
        users = a_dict(a_dict(ticket.get("assets")).get("User"))
        opened = self._stamps.of(ticket.get("created_at"))
        history = History(opened, (_name(ticket, "customer"), "customer"))
        listed_ = ticket.get("history")
        for change in map(a_dict, a_list(listed_)):
            kind = self._kinds.get(text(change.get("attribute")))
            if change.get("object") == "Ticket" and change.get("type") == "updated" and kind:
                who = a_dict(users.get(text(change.get("created_by_id"))))
                name = text(who.get("email") or who.get("login") or change.get("created_by"))
                at, before = self._stamps.of(change.get("created_at")), change.get("value_from")
                history.change(at, kind, before, change.get("value_to"), (name, ""))
        updated = self._stamps.may_be(ticket.get("updated_at"))
        for kind, name in self._where.items():
            if kind != "status" or isinstance(listed_, list):
                history.now(kind, _name(ticket, name), updated)
        if not isinstance(listed_, list):
            self._without_history(history, ticket)
        self._said(history, ticket)
        return Ticket(number, line_of(ticket.get("title")), history.events())

    def _without_history(self, history: History, ticket: dict[str, Any]) -> None:
        closed = self._stamps.may_be(ticket.get("close_at"))
        at = closed or self._stamps.may_be(ticket.get("updated_at"))
        if at and (state := _name(ticket, "state")):
            history.change(at, "status", "", state)

    def _said(self, history: History, ticket: dict[str, Any]) -> None:
        """What was written: the first article of a customer is the ticket itself."""
        articles = ticket.get("articles")
        if not isinstance(articles, list):
            if answered := self._stamps.may_be(ticket.get("first_response_at")):
                history.said(answered, True, (_name(ticket, "owner"), "agent"))
            return
        for place, article in enumerate(map(a_dict, articles)):
            role = _ROLES.get(text(article.get("sender")), "")
            at = self._stamps.of(article.get("created_at"))
            if place or role != "customer":
                public = not article.get("internal") and article.get("type") != "note"
                who = text(article.get("created_by") or article.get("from"))
                history.said(at, public, (who, role))


def _name(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, dict):
        return text(value.get("name") or value.get("email") or value.get("login"))
    return text(value)
