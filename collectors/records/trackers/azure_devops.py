"""Azure DevOps: work items with their updates, and its CSV export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from collectors.records.answers import (
    PAGES,
    again,
    all_pages,
    answer,
    listed,
    segment,
    too_many,
)
from collectors.records.json_reader import is_json
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import identity, text
from collectors.records.mapped.tickets import OF_A_TICKET
from collectors.records.shapes import a_dict, a_list
from collectors.records.stamps import Stamps
from collectors.records.text import line_of
from collectors.records.trackers import files
from collectors.records.trackers.history import By, History
from quality.model.records import Asked, Download, EventKind, Page, RecordKind, Ticket

KINDS = files.KINDS
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(KINDS, OF_A_TICKET)
REVISION = 1
AUTHORIZATION = "Bearer {}"
SIZE = 200  # updates that are answered at once
VERSION = {"api-version": "7.1"}
FEED = "_apis/wit/reporting/workitemrevisions"
_WHERE: dict[EventKind, str] = {
    "status": "System.State", "priority": "Microsoft.VSTS.Common.Priority",
    "severity": "Microsoft.VSTS.Common.Severity", "type": "System.WorkItemType",
    "queue": "System.AreaPath",
}  # fmt: skip
NAMES = {
    "id": "ID", "title": "Title", "created": "Created Date", "updated": "Changed Date",
    "resolved": "Resolved Date", "closed": "Closed Date", "status": "State",
    "priority": "Priority", "severity": "Severity", "type": "Work Item Type",
    "queue": "Area Path", "reporter": "Created By", "assignee": "Assigned To",
}  # fmt: skip


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The work items of an export: the API's JSON, with ``updates`` in an item where it has them,
    or CSV."""
    if is_json(file):
        return files.each(files.items(file, "value", asked.encoding), Items(asked).ticket)
    return files.by_columns(CsvTable(file, asked.encoding), asked, NAMES)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The work items of which there are revisions since a cursor, each with all of its updates.
    The address is that of a project, https://dev.azure.com/ORGANIZATION/PROJECT; ``query`` names
    types of work items, parted by commas."""
    items, seen = Items(asked), set[str]()
    query = {"includeDeleted": "true", "fields": "System.Id", **VERSION}
    query |= {"types": asked.query} if asked.query else {}
    for _ in range(PAGES):
        token = {"continuationToken": cursor} if cursor else {}
        found = a_dict(answer(download, FEED, {**query, **token}))
        ids = dict.fromkeys(segment(each.get("id")) for each in listed(found.get("values"), FEED))
        new = [number for number in ids if number not in seen]
        seen.update(new)
        last, after = found.get("isLastBatch") is True, text(found.get("continuationToken"), 2_000)
        if not last and after in ("", cursor):
            raise again(FEED)
        cursor = after or cursor
        complete = partial(_with_updates, download)
        yield Page(files.each(map(complete, new), items.ticket), cursor, last)
        if last:
            return
    raise too_many(FEED)


def _with_updates(download: Download, number: str) -> dict[str, Any]:
    path = f"_apis/wit/workItems/{number}/updates"

    def get(page: int) -> list[dict[str, Any]]:
        query = {"$top": str(SIZE), "$skip": str((page - 1) * SIZE), **VERSION}
        return listed(a_dict(answer(download, path, query)).get("value"), path)

    return {"id": int(number), "updates": all_pages(get, SIZE, path)}


class Items:
    """Makes tickets of work items. Where a field is, ``fields`` says by its reference name."""

    def __init__(self, asked: Asked) -> None:
        self._stamps = Stamps(asked)
        self._where = _WHERE | files.stated(asked)

    def ticket(self, item: dict[str, Any]) -> Ticket:
        """The ticket that a work item is: by its updates, or by what it says of itself."""
        number = identity(item.get("id"))
        updates = [a_dict(each) for each in a_list(item.get("updates"))]
        return self._by_updates(number, updates) if updates else self._as_it_is(number, item)

    def _by_updates(self, number: str, updates: list[dict[str, Any]]) -> Ticket:
        first = a_dict(updates[0].get("fields"))
        opened = _new(first, "System.CreatedDate") or _new(first, "System.ChangedDate")
        history = History(self._stamps.of(opened), _who(updates[0].get("revisedBy")))
        title, gone, at = "", False, self._stamps.of(opened)
        for place, update in enumerate(updates):
            fields, who = a_dict(update.get("fields")), _who(update.get("revisedBy"))
            # revisedDate is the moment of the next update: no moment of this one.
            at = self._stamps.may_be(_new(fields, "System.ChangedDate")) or at
            for kind, name in self._where.items():
                if name in fields and place:
                    said = a_dict(fields[name])
                    history.change(at, kind, said.get("oldValue"), said.get("newValue"), who)
                elif name in fields:
                    history.now(kind, _new(fields, name))
            if _new(fields, "System.History"):
                history.said(at, True, who)
            title = line_of(_new(fields, "System.Title")) or title
            if "System.IsDeleted" in fields:
                gone = _new(fields, "System.IsDeleted") is True
        return Ticket(number, title, history.events(), gone)

    def _as_it_is(self, number: str, item: dict[str, Any]) -> Ticket:
        fields = a_dict(item.get("fields"))
        opened = self._stamps.of(fields.get("System.CreatedDate"))
        history = History(opened, _who(fields.get("System.CreatedBy")))
        for kind, name in self._where.items():
            if kind != "status":
                history.now(kind, fields.get(name))
        since = self._since(fields)
        if since and fields.get(self._where["status"]):
            history.change(since, "status", "", fields[self._where["status"]])
        title = line_of(fields.get("System.Title"))
        return Ticket(number, title, history.events(), fields.get("System.IsDeleted") is True)

    def _since(self, fields: dict[str, Any]) -> datetime | None:
        """Since when the state may be as it is."""
        common = "Microsoft.VSTS.Common."
        stamps = ("ClosedDate", "ResolvedDate", "StateChangeDate")
        said = next((fields[common + each] for each in stamps if fields.get(common + each)), None)
        return self._stamps.may_be(said or fields.get("System.ChangedDate"))


def _new(fields: dict[str, Any], name: str) -> Any:
    return a_dict(fields.get(name)).get("newValue")


def _who(user: object) -> By:
    """Who it is: an object, or a text such as "Jo <jo@x.example>"."""
    if isinstance(user, dict):
        return text(user.get("uniqueName") or user.get("displayName")), ""
    return text(user), ""
