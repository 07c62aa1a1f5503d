"""GitHub: issues with their timelines. Fields beside the state are in labels, by their prefix:
``fields: {priority: "priority/"}``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from collectors.records.answers import all_pages, answer, changed, listed, segment
from collectors.records.mapped.fields import identity, text
from collectors.records.mapped.tickets import SET
from collectors.records.shapes import a_dict, a_list
from collectors.records.stamps import Stamps
from collectors.records.text import line_of
from collectors.records.trackers import files
from collectors.records.trackers.history import By, History, label_name, labelled
from quality.model.records import Asked, Download, Page, RecordKind, Ticket

KINDS = files.KINDS
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(KINDS, SET)
REVISION = 1
AUTHORIZATION = "Bearer {}"
SIZE = 100
_AGENTS = {"OWNER", "MEMBER", "COLLABORATOR"}
_CUSTOMERS = {"NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR"}
_STATES = {"closed": "closed", "reopened": "open"}


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The issues of an export: the API's JSON, with ``timeline`` in an issue where it has one."""
    return files.each(files.items(file, "items", asked.encoding), Issues(asked).ticket)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The issues that changed since a cursor, each with its timeline. The address is that of a
    repository: https://api.github.com/repos/OWNER/NAME."""
    issues = Issues(asked)

    def get(since: datetime, page: int) -> list[dict[str, Any]]:
        query = {"state": "all", "sort": "updated", "direction": "asc", "per_page": str(SIZE),
                 "since": f"{since:%Y-%m-%dT%H:%M:%SZ}", "page": str(page)}  # fmt: skip
        query |= {"labels": asked.query} if asked.query else {}
        return listed(answer(download, "issues", query), "issues")

    for items, newest, last in changed(get, issues.updated, cursor, SIZE, "issues"):
        complete = partial(_with_timeline, download)
        yield Page(files.each(map(complete, items), issues.ticket), newest, last)


def _with_timeline(download: Download, issue: dict[str, Any]) -> dict[str, Any]:
    if "pull_request" in issue:
        return issue
    path = f"issues/{segment(issue.get('number'))}/timeline"

    def get(page: int) -> list[dict[str, Any]]:
        query = {"per_page": str(SIZE), "page": str(page)}
        return listed(answer(download, path, query), path)

    return {**issue, "timeline": all_pages(get, SIZE, path)}


class Issues:
    """Makes tickets of issues."""

    def __init__(self, asked: Asked) -> None:
        self._stamps = Stamps(asked)
        self._prefixes = files.stated(asked)

    def updated(self, issue: dict[str, Any]) -> datetime:
        """When it changed last."""
        return self._stamps.of(issue.get("updated_at"))

    def ticket(self, issue: dict[str, Any]) -> Ticket | None:
        """The ticket that an issue is; None for a pull request."""
        if "pull_request" in issue:
            return None
        number = identity(issue.get("number"))
        history = History(self._stamps.of(issue.get("created_at")), _who(issue, "user"))
        history.now("status", "open")
        closed = issue.get("closed_at")
        if isinstance(timeline := issue.get("timeline"), list):
            gone = [self._event(history, a_dict(event)) for event in timeline]
        else:
            gone = []
            if closed and issue.get("state") == "closed":
                history.change(self._stamps.of(closed), "status", "open", "closed")
            labels = [label_name(each) for each in a_list(issue.get("labels"))]
            for kind, prefix in self._prefixes.items():
                history.now(kind, labelled(labels, prefix))
        return Ticket(number, line_of(issue.get("title")), history.events(), any(gone))

    def _event(self, history: History, event: dict[str, Any]) -> bool:
        """Tell the history of an event; whether it says that the issue is no longer here."""
        said = event.get("event")
        if said == "commented":
            history.said(self._stamps.of(event.get("created_at")), True, _who(event, "user"))
        elif said in _STATES:
            at, who = self._stamps.of(event.get("created_at")), _who(event, "actor")
            history.change(at, "status", "open", _STATES[said], who)
        elif said in ("labeled", "unlabeled"):
            label = label_name(event.get("label"))
            for kind, prefix in self._prefixes.items():
                if value := labelled([label], prefix):
                    at = self._stamps.of(event.get("created_at"))
                    history.labelled(at, kind, value, said == "labeled", _who(event, "actor"))
        return said == "transferred"


def _who(item: dict[str, Any], key: str) -> By:
    """Who did it, and what GitHub says that he is to the repository."""
    user = a_dict(item.get(key) or item.get("actor"))
    name = text(user.get("login"))
    if user.get("type") == "Bot" or name.endswith("[bot]"):
        return name, "robot"
    association = item.get("author_association")
    if association in _AGENTS:
        return name, "agent"
    return name, "customer" if association in _CUSTOMERS else ""
