"""Jira: the issues of a search with their changelogs, and its CSV export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collectors.records.answers import all_pages, answer, changed, listed, segment
from collectors.records.json_reader import is_json
from collectors.records.mapped.fields import text
from collectors.records.mapped.tickets import OF_A_TICKET
from collectors.records.shapes import a_dict, a_list, whole
from collectors.records.text import UnreadableError
from collectors.records.trackers import files, jira_csv
from collectors.records.trackers.jira_issues import Issues
from quality.errors import NoReportError
from quality.model.records import Asked, Download, Page, RecordKind, Ticket

KINDS = files.KINDS
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(KINDS, OF_A_TICKET)
REVISION = 1
AUTHORIZATION = "Bearer {}"
SIZE = 100
SEARCH = "rest/api/3/search/jql"
OLD_SEARCH = "rest/api/2/search"
_TWICE = timedelta(hours=2)  # before a time that occurs twice, and means either
_ORDER = re.compile(r"\border\s+by\b", re.IGNORECASE)


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The issues of an export: of the API in JSON, or CSV (UnreadableError)."""
    if not is_json(file):
        return jira_csv.read(file, asked)
    return files.each(files.items(file, "issues", asked.encoding), Issues(asked).ticket)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The issues that changed since a cursor, each with its whole changelog and all comments. The
    address is that of the site, https://SITE.atlassian.net; ``query`` is JQL."""
    issues = Issues(asked)
    get = _Search(download, asked, issues).get
    for items, newest, last in changed(get, issues.updated, cursor, SIZE, "search"):
        complete = partial(_whole, download)
        yield Page(files.each(map(complete, items), issues.ticket), newest, last)


class _Search:
    """Searches by JQL, which knows stamps to the minute, in the zone of whoever asks."""

    def __init__(self, download: Download, asked: Asked, issues: Issues) -> None:
        self._download, self._issues = download, issues
        self._jql, self._old = asked.query.strip(), False
        if _ORDER.search(self._jql):
            raise UnreadableError("query: leave out ORDER BY, issues come in order of changes")
        self._zone, self._token = _zone(download, asked), ""

    def get(self, since: datetime, page: int) -> list[dict[str, Any]]:
        """A page of issues, by the last change."""
        local = since.astimezone(self._zone)
        if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
            local = (since - _TWICE).astimezone(self._zone)
        moment = f"{local:%Y-%m-%d %H:%M}"
        jql = f'updated >= "{moment}" ORDER BY updated ASC, key ASC'
        jql = f"({self._jql}) AND {jql}" if self._jql else jql
        query = {"jql": jql, "expand": "changelog", "fields": ",".join(self._issues.fields),
                 "maxResults": str(SIZE)}  # fmt: skip
        if not self._old:
            try:
                return self._by_token(query, page)
            except NoReportError:  # Jira of one's own has no such search
                self._old = True
        query["startAt"] = str((page - 1) * SIZE)
        return listed(a_dict(answer(self._download, OLD_SEARCH, query)).get("issues"), OLD_SEARCH)

    def _by_token(self, query: dict[str, str], page: int) -> list[dict[str, Any]]:
        if page > 1:
            if not self._token:
                return []
            query = {**query, "nextPageToken": self._token}
        found = a_dict(answer(self._download, SEARCH, query))
        self._token = text(found.get("nextPageToken"))
        return listed(found.get("issues"), SEARCH)


def _zone(download: Download, asked: Asked) -> ZoneInfo:
    """The time zone of whoever asks, in which Jira understands the stamps of a search."""
    try:
        myself = answer(download, "rest/api/2/myself", {})
    except NoReportError:
        myself = {}
    name = text(a_dict(myself).get("timeZone")) or asked.timezone or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnreadableError(f"{name} is not a time zone") from None


def _whole(download: Download, issue: dict[str, Any]) -> dict[str, Any]:
    """The issue with all of its changelog and comments: a search cuts both."""
    path, fields = f"rest/api/3/issue/{segment(issue.get('key'))}", a_dict(issue.get("fields"))
    changelog, comment = a_dict(issue.get("changelog")), a_dict(fields.get("comment"))
    if whole(changelog.get("total")) > len(a_list(changelog.get("histories"))):
        changelog = {"histories": _rest(download, f"{path}/changelog", "values")}
    if whole(comment.get("total")) > len(a_list(comment.get("comments"))):
        comment = {"comments": _rest(download, f"{path}/comment", "comments")}
    return {**issue, "changelog": changelog, "fields": {**fields, "comment": comment}}


def _rest(download: Download, path: str, name: str) -> list[dict[str, Any]]:
    def get(page: int) -> list[dict[str, Any]]:
        query = {"startAt": str((page - 1) * SIZE), "maxResults": str(SIZE)}
        return listed(a_dict(answer(download, path, query)).get(name), path)

    return all_pages(get, SIZE, path)
