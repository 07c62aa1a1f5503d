"""Trackers of our own that speak the documented APIs, for tests: they hold a few tickets, answer
page by page, and may change, fail or lie while they are read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from tests.collectors.records import tracked
from tests.collectors.records.servers import Answer

BEGIN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
Query = dict[str, str]
Items = list[tuple[datetime, int]]


@dataclass
class Tracker:
    """Tickets by number, with the moment of their last change."""

    changed: dict[int, datetime] = field(default_factory=dict)

    below = ""
    most = 100  # items of a page

    def fill(self, count: int, apart: timedelta = timedelta(minutes=1)) -> None:
        """So many tickets, each changed so long after the one before."""
        self.changed |= {number: BEGIN + apart * number for number in range(1, count + 1)}

    def since(self, moment: datetime) -> Items:
        """Number and change of all that changed since, oldest first."""
        return sorted((at, number) for number, at in self.changed.items() if at >= moment)

    def told(self, path: str, query: Query) -> Any:
        """The answer to a request."""
        raise NotImplementedError

    def number(self, ticket: str) -> int:
        """The number of a ticket by its id."""
        return int(re.sub(r"\D", "", ticket))


class GitHub(Tracker):
    name = "github"
    below = "/repos/o/r"
    events = tracked.GITHUB_EVENTS
    fields: ClassVar = {"priority": "priority/"}

    def told(self, path: str, query: Query) -> Any:
        page, size = int(query["page"]), int(query["per_page"])
        if path.endswith("/timeline"):
            return paged(tracked.github_timeline(), page, size)
        assert (path, query["state"], query["sort"], query["direction"]) == (
            "issues", "all", "updated", "asc",
        )  # fmt: skip
        found = self.since(datetime.fromisoformat(query["since"]))
        return [tracked.github_issue(number, f"{at:%Y-%m-%dT%H:%M:%SZ}")
                for at, number in paged(found, page, size)]  # fmt: skip


class GitLab(Tracker):
    name = "gitlab"
    below = "/api/v4/projects/4"
    events = tracked.GITLAB_EVENTS
    fields: ClassVar = {"priority": "priority::"}

    def told(self, path: str, query: Query) -> Any:
        page, size = int(query["page"]), int(query["per_page"])
        if path != "issues":
            return paged(tracked.gitlab_parts()[path.rpartition("/")[2]], page, size)
        assert (query["order_by"], query["sort"]) == ("updated_at", "asc")
        found = self.since(datetime.fromisoformat(query["updated_after"]))
        return [tracked.gitlab_issue(number, at.isoformat())
                for at, number in paged(found, page, size)]  # fmt: skip


class Jira(Tracker):
    """Jira in the cloud: stamps of a search are to the minute, in the zone of whoever asks."""

    name = "jira"
    events = tracked.JIRA_EVENTS
    fields: ClassVar = {"severity": "customfield_10050"}
    zone = ZoneInfo("America/New_York")
    search = "rest/api/3/search/jql"
    fold = 0  # which of two moments it takes a local time for that occurs twice

    def told(self, path: str, query: Query) -> Any:
        if path == "rest/api/2/myself":
            return {"accountId": "x", "timeZone": self.zone.key}
        issue = re.fullmatch(r"rest/api/3/issue/SUP-(\d+)/(changelog|comment)", path)
        if issue:
            return self._rest(int(issue[1]), issue[2], int(query["startAt"]))
        if path != self.search:
            return Answer({"message": "no such path"}, 404)
        jql = re.fullmatch(r'updated >= "(.*)" ORDER BY updated ASC, key ASC', query["jql"])
        assert jql
        assert query["expand"] == "changelog"
        assert {"comment", "status", "customfield_10050"} <= set(query["fields"].split(","))
        since = datetime.strptime(jql[1], "%Y-%m-%d %H:%M").replace(
            tzinfo=self.zone, fold=self.fold
        )
        return self._answer(self.since(since), query)

    def _answer(self, found: Items, query: Query) -> Any:
        begin = int(base64.b64decode(query.get("nextPageToken", "") or "MA=="))
        size = min(int(query["maxResults"]), self.most)
        part = found[begin : begin + size]
        last = begin + size >= len(found)
        token = {} if last else {"nextPageToken": base64.b64encode(b"%d" % (begin + size)).decode()}
        return {"issues": [self._issue(*each) for each in part], "isLast": last, **token}

    def _issue(self, at: datetime, number: int) -> Any:
        updated = f"{at.astimezone(self.zone):%Y-%m-%dT%H:%M:%S.000%z}"
        issue = tracked.jira_issue(f"SUP-{number}", updated)
        if number % 2:  # a search cuts what is long
            issue["changelog"]["histories"].pop()
            issue["fields"]["comment"]["comments"].pop()
        return issue

    def _rest(self, number: int, part: str, begin: int) -> Any:
        issue = tracked.jira_issue(f"SUP-{number}")
        if part == "comment":
            return {"total": 3, "comments": issue["fields"]["comment"]["comments"][begin:]}
        return {"total": 2, "values": issue["changelog"]["histories"][::-1][begin:]}


class OwnJira(Jira):
    """Jira on a server of one's own: another search, whose pages are counted."""

    search = "rest/api/2/search"

    def _answer(self, found: Items, query: Query) -> Any:
        begin, size = int(query["startAt"]), int(query["maxResults"])
        return {"total": len(found), "startAt": begin,
                "issues": [self._issue(*each) for each in found[begin : begin + size]]}  # fmt: skip


class Azure(Tracker):
    name = "azure_devops"
    below = "/acme/shop"
    events = tracked.AZURE_EVENTS
    fields: ClassVar = {}

    def told(self, path: str, query: Query) -> Any:
        assert query["api-version"] == "7.1"
        if item := re.fullmatch(r"_apis/wit/workItems/(\d+)/updates", path):
            skip, top = int(query["$skip"]), int(query["$top"])
            updates = tracked.azure_updates(int(item[1]))[skip : skip + top]
            return {"count": len(updates), "value": updates}
        assert path == "_apis/wit/reporting/workitemrevisions"
        begin = int(query.get("continuationToken", "0").partition(";")[0])
        revisions = [number for _, number in self.since(BEGIN) for _ in range(3)]
        part = revisions[begin : begin + 200]
        end = begin + len(part)
        return {"values": [{"id": number, "rev": 1, "fields": {}} for number in part],
                "continuationToken": f"{end};x", "isLastBatch": end == len(revisions)}  # fmt: skip


class ServiceNow(Tracker):
    name = "servicenow"
    events = tracked.SNOW_EVENTS
    fields: ClassVar = {}

    def told(self, path: str, query: Query) -> Any:
        table = path.removeprefix("api/now/table/")
        asked = query["sysparm_query"]
        begin, size = int(query["sysparm_offset"]), int(query["sysparm_limit"])
        found: list[Any]
        if table == "incident":
            wanted = re.match(r"sys_updated_on>=(.*?)\^ORDERBYsys_updated_on", asked)
            assert wanted
            since = datetime.fromisoformat(wanted[1]).replace(tzinfo=UTC)
            found = [tracked.snow_incident(f"INC{number}", f"{at:%Y-%m-%d %H:%M:%S}")
                     for at, number in self.since(since)]  # fmt: skip
        elif table in ("sys_audit", "sys_journal_field"):
            ids = [int(each, 16) for each in re.findall(r"[0-9a-f]{32}", asked)]
            of_one = tracked.snow_audits if table == "sys_audit" else tracked.snow_journal
            found = [row for number in ids for row in of_one(f"INC{number}")]
        elif table == "sys_choice":
            found = [{"name": "task", "element": "state", "value": "1", "label": "Open"},
                     {"name": "incident", "element": "state", "value": "1", "label": "New"},
                     {"name": "incident", "element": "state", "value": "2",
                      "label": "In Progress"}]  # fmt: skip
        else:
            assert (table, "e" * 32 in asked) == ("sys_user_group", True)
            found = [{"sys_id": "e" * 32, "name": "Service Desk"}]
        return {"result": found[begin : begin + size]}


class Zammad(Tracker):
    name = "zammad"
    events = tracked.ZAMMAD_EVENTS
    fields: ClassVar = {}

    def told(self, path: str, query: Query) -> Any:
        if path.startswith("api/v1/ticket_history/"):
            return tracked.zammad_history()
        if path.startswith("api/v1/ticket_articles/by_ticket/"):
            return tracked.zammad_articles()
        assert (path, query["sort_by"], query["order_by"], query["expand"]) == (
            "api/v1/tickets/search", "updated_at", "asc", "true",
        )  # fmt: skip
        wanted = re.fullmatch(r"updated_at:>=(.*)", query["query"])
        assert wanted
        found = self.since(datetime.fromisoformat(wanted[1]))
        part = paged(found, int(query["page"]), int(query["per_page"]))
        return [tracked.zammad_ticket(number, f"{at:%Y-%m-%dT%H:%M:%S.000Z}")
                for at, number in part]  # fmt: skip

    def number(self, ticket: str) -> int:
        return int(ticket.removeprefix("2200"))


TRACKERS: tuple[Callable[[], Any], ...] = (
    GitHub, GitLab, Jira, OwnJira, Azure, ServiceNow, Zammad,
)  # fmt: skip


def paged(found: list[Any], page: int, size: int) -> list[Any]:
    """A page of a list."""
    return found[(page - 1) * size : page * size]
