"""GitLab: issues with their notes and events, and its CSV export. Fields beside the state are in
labels, by their prefix: ``fields: {priority: "priority::"}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from collectors.records.answers import all_pages, answer, changed, listed, segment
from collectors.records.json_reader import is_json
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import identity, text
from collectors.records.mapped.tickets import OF_A_TICKET
from collectors.records.shapes import a_dict, a_list
from collectors.records.stamps import Stamps, in_utc
from collectors.records.text import UnreadableError, line_of
from collectors.records.trackers import files
from collectors.records.trackers.history import By, History, label_name, labelled
from quality.model.records import Asked, Download, Page, RecordKind, Ticket

KINDS = files.KINDS
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(KINDS, OF_A_TICKET)
REVISION = 1
AUTHORIZATION = "Bearer {}"
SIZE = 100
NAMES = {
    "id": "Issue ID", "title": "Title", "created": "Created At (UTC)",
    "updated": "Updated At (UTC)", "closed": "Closed At (UTC)", "status": "State",
    "reporter": "Author Username", "assignee": "Assignee Username",
}  # fmt: skip
_PARTS = ("notes", "resource_label_events", "resource_state_events")
_STATES = {"closed": "closed", "reopened": "opened", "opened": "opened"}


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The issues of an export: the API's JSON, with ``notes``, ``resource_label_events`` and
    ``resource_state_events`` in an issue where it has them; or CSV, whose stamps are UTC."""
    if is_json(file):
        return files.each(files.items(file, "issues", asked.encoding), Issues(asked).ticket)
    return files.by_columns(CsvTable(file, asked.encoding), in_utc(asked), NAMES)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The issues that changed since a cursor, with their notes and events. The address is that of
    a project: https://gitlab.com/api/v4/projects/ID."""
    issues = Issues(asked)

    def get(since: datetime, page: int) -> list[dict[str, Any]]:
        query = {"order_by": "updated_at", "sort": "asc", "per_page": str(SIZE),
                 "updated_after": f"{since:%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z", "page": str(page),
                 "scope": "all"}  # fmt: skip
        query |= {"labels": asked.query} if asked.query else {}
        return listed(answer(download, "issues", query), "issues")

    for items, newest, last in changed(get, issues.updated, cursor, SIZE, "issues"):
        complete = partial(_with_parts, download)
        yield Page(files.each(map(complete, items), issues.ticket), newest, last)


def _with_parts(download: Download, issue: dict[str, Any]) -> dict[str, Any]:
    found = dict(issue)
    for part in _PARTS:
        path = f"issues/{segment(issue.get('iid'))}/{part}"
        query = {"sort": "asc", "order_by": "created_at"} if part == "notes" else {}

        def get(page: int, path: str = path, query: dict[str, str] = query) -> list[dict[str, Any]]:
            asked = {**query, "per_page": str(SIZE), "page": str(page)}
            return listed(answer(download, path, asked), path)

        found[part] = all_pages(get, SIZE, path)
    return found


class Issues:
    """Makes tickets of issues of one project, whose numbers are unique."""

    def __init__(self, asked: Asked) -> None:
        self._stamps = Stamps(asked)
        self._prefixes = files.stated(asked)
        self._project: object = None

    def updated(self, issue: dict[str, Any]) -> datetime:
        """When it changed last."""
        return self._stamps.of(issue.get("updated_at"))

    def ticket(self, issue: dict[str, Any]) -> Ticket:
        """The ticket that an issue is."""
        number, project = identity(issue.get("iid")), issue.get("project_id")
        if self._project not in (None, project):
            raise UnreadableError("issues of several projects: make a source of each")
        self._project = project
        outside = text(issue.get("service_desk_reply_to"))
        by: By = (outside, "customer") if outside else _who(issue, "author")
        history = History(self._stamps.of(issue.get("created_at")), by)
        history.now("status", "opened")
        self._states(history, issue)
        labels = issue.get("resource_label_events")
        if isinstance(labels, list):
            for event in map(a_dict, labels):
                self._labels(history, event)
        else:
            names = list(map(label_name, a_list(issue.get("labels"))))
            for kind, prefix in self._prefixes.items():
                history.now(kind, labelled(names, prefix))
        if kind_of := text(issue.get("issue_type")):
            history.now("type", kind_of)
        severity = text(issue.get("severity"))
        if severity and severity != "UNKNOWN" and "severity" not in self._prefixes:
            history.now("severity", severity)
        for note in map(a_dict, a_list(issue.get("notes"))):
            if not note.get("system"):
                inside = note.get("internal") or note.get("confidential")
                at = self._stamps.of(note.get("created_at"))
                history.said(at, not inside, _who(note, "author"))
        return Ticket(number, line_of(issue.get("title")), history.events())

    def _states(self, history: History, issue: dict[str, Any]) -> None:
        events = issue.get("resource_state_events")
        closed = issue.get("closed_at")
        if isinstance(events, list):
            for event in map(a_dict, events):
                if state := _STATES.get(text(event.get("state"))):
                    at, who = self._stamps.of(event.get("created_at")), _who(event, "user")
                    history.change(at, "status", "opened", state, who)
        elif closed and issue.get("state") == "closed":
            at, who = self._stamps.of(closed), _who(issue, "closed_by")
            history.change(at, "status", "opened", "closed", who)

    def _labels(self, history: History, event: dict[str, Any]) -> None:
        label = text(a_dict(event.get("label")).get("name"))
        for kind, prefix in self._prefixes.items():
            if value := labelled([label], prefix):
                at, who = self._stamps.of(event.get("created_at")), _who(event, "user")
                history.labelled(at, kind, value, event.get("action") == "add", who)


def _who(item: dict[str, Any], key: str) -> By:
    user = a_dict(item.get(key))
    return text(user.get("username")), "robot" if user.get("bot") is True else ""
