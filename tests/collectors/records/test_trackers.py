"""Exports of trackers: their API's JSON in a file, and their tables."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.collectors.records import tracked
from tests.collectors.records.exports import events, read, refused

GITHUB = tracked.github_issue() | {"timeline": tracked.github_timeline()}
ZAMMAD = {
    **tracked.zammad_ticket(), **tracked.zammad_history(), "articles": tracked.zammad_articles(),
}  # fmt: skip


def wrapped(key: str, *items: Any) -> list[str]:
    """Tickets as a list, as the API answers, and one after the other."""
    found = list(items)
    return [
        json.dumps(found),
        json.dumps({"total": len(found), key: found, "more": {"a": 1}}),
        "\n".join(map(json.dumps, found)),
        "\n".join(json.dumps({key: [item]}) for item in found),
    ]


@pytest.mark.parametrize("text", wrapped("issues", tracked.jira_issue(), tracked.jira_issue("S-2")))
def test_jira_issues_have_their_changelog(text: str) -> None:
    first, second = read("jira", text, fields={"severity": "customfield_10050"})
    assert (first.id, first.title) == ("SUP-1", r"Printer\xe2\x80\xae <b>burns</b>")
    assert events(first) == tracked.JIRA_EVENTS == events(second)


def test_a_part_of_a_changelog_is_no_changelog() -> None:
    issue = tracked.jira_issue()
    issue["changelog"]["total"] = 120
    refused("jira", json.dumps([issue]), "ticket 1: SUP-1 has 2 of 120 histories")
    issue = tracked.jira_issue()
    issue["fields"]["comment"]["total"] = 4
    refused("jira", json.dumps([issue]), "ticket 1: SUP-1 has 3 of 4 comments")


def test_a_status_that_no_change_made_counts_since_the_last_update() -> None:
    issue = tracked.jira_issue()
    issue["fields"]["status"]["name"] = "Waiting"
    (ticket,) = read("jira", json.dumps([issue]))
    assert ("03-02 11:00", "status", "Waiting", "", "") in events(ticket)


JIRA_CSV = """\
Summary,Issue key,Issue id,Issue Type,Status,Project name,Priority,Assignee,Reporter,Created,\
Updated,Resolved,Comment,Comment,Custom field (Severity),Comment
"Printer, again",SUP-1,1,Incident,Done,Support,High,jo,kim,02/Mar/26 10:15 AM,02/Mar/26 1:00 PM,\
02/Mar/26 12:00 PM,"02/Mar/26 10:40 AM;jo;Hello; you","02/Mar/26 11:00 AM;kim;Two
lines",S2,
"""


def test_jira_s_table_has_a_column_for_each_comment() -> None:
    fields = {"severity": "Custom field (Severity)"}
    (ticket,) = read("jira", JIRA_CSV, timezone="Europe/Berlin", fields=fields)
    assert (ticket.id, ticket.title) == ("SUP-1", "Printer, again")
    assert events(ticket) == [
        ("03-02 09:15", "created", "", "kim", ""),
        ("03-02 09:15", "priority", "High", "", ""),
        ("03-02 09:15", "queue", "Support", "", ""),
        ("03-02 09:15", "type", "Incident", "", ""),
        ("03-02 09:15", "severity", "S2", "", ""),
        ("03-02 11:00", "status", "Done", "", ""),
        ("03-02 09:40", "reply", "", "jo", ""),
        ("03-02 10:00", "reply", "", "kim", ""),
    ]
    refused("jira", JIRA_CSV, "line 3: .* a stamp without a time zone")
    refused("jira", JIRA_CSV.replace(";jo;", " jo "), "a comment without stamp", timezone="UTC")


@pytest.mark.parametrize("text", wrapped("items", GITHUB))
def test_github_issues_have_their_timeline(text: str) -> None:
    (ticket,) = read("github", text, fields={"priority": "priority/"})
    assert (ticket.id, ticket.title, ticket.gone) == ("7", "Crash", False)
    assert events(ticket) == tracked.GITHUB_EVENTS


def test_github_issues_without_timeline_say_less_and_pull_requests_are_none() -> None:
    pull = tracked.github_issue(8) | {"pull_request": {}}
    found = read(
        "github", json.dumps([tracked.github_issue(), pull]), fields={"priority": "priority/"}
    )
    assert [events(ticket) for ticket in found] == [[
        ("03-02 09:15", "created", "", "kim", "customer"),
        ("03-02 09:15", "status", "open", "", ""),
        ("03-02 09:15", "priority", "high", "", ""),
        ("03-02 12:00", "status", "closed", "", ""),
    ]]  # fmt: skip


def test_a_github_issue_that_moved_is_gone() -> None:
    issue = tracked.github_issue() | {"timeline": [{"event": "transferred"}]}
    assert read("github", json.dumps([issue]))[0].gone


@pytest.mark.parametrize("text", wrapped("issues", tracked.gitlab_issue() | tracked.gitlab_parts()))
def test_gitlab_issues_have_their_events(text: str) -> None:
    (ticket,) = read("gitlab", text, fields={"priority": "priority::"})
    assert (ticket.id, ticket.title) == ("3", "Slow")
    assert events(ticket) == tracked.GITLAB_EVENTS


def test_gitlab_issues_without_events_say_less() -> None:
    issue = tracked.gitlab_issue() | {"service_desk_reply_to": "kim@customer.example"}
    (ticket,) = read("gitlab", json.dumps(issue), fields={"priority": "priority::"})
    assert events(ticket) == [
        ("03-02 09:15", "created", "", "kim@customer.example", "customer"),
        ("03-02 09:15", "status", "opened", "", ""),
        ("03-02 09:15", "priority", "2", "", ""),
        ("03-02 09:15", "type", "incident", "", ""),
        ("03-02 09:15", "severity", "HIGH", "", ""),
        ("03-02 11:00", "status", "closed", "jo", ""),
    ]
    other = tracked.gitlab_issue() | {"project_id": 5}
    refused("gitlab", json.dumps([issue, other]), "ticket 2: issues of several projects")


def test_gitlab_s_table_is_in_utc() -> None:
    text = (
        "Title,Description,Issue ID,URL,State,Author,Author Username,Created At (UTC),"
        "Updated At (UTC),Closed At (UTC),Labels\n"
        "Slow,,3,https://x,Closed,Kim,kim,2026-03-02 09:15:00,2026-03-02 12:00:00,"
        '2026-03-02 11:00:00,"a,b"\n'
    )
    (ticket,) = read("gitlab", text)
    assert ticket.id == "3"
    assert events(ticket) == [
        ("03-02 09:15", "created", "", "kim", ""),
        ("03-02 11:00", "status", "Closed", "", ""),
    ]


@pytest.mark.parametrize("text", wrapped("value", {"id": 12, "updates": tracked.azure_updates()}))
def test_azure_work_items_have_their_updates(text: str) -> None:
    (ticket,) = read("azure_devops", text)
    assert (ticket.id, ticket.title, ticket.gone) == ("12", "Error 500", True)
    assert events(ticket) == tracked.AZURE_EVENTS


def test_azure_work_items_without_updates_and_its_table_say_less() -> None:
    fields = {
        "System.Title": "Error 500", "System.State": "Closed", "System.WorkItemType": "Bug",
        "System.CreatedDate": "2026-03-02T09:15:00Z", "System.CreatedBy": "Kim <kim@x.example>",
        "System.ChangedDate": "2026-03-09T09:00:00Z",
        "Microsoft.VSTS.Common.ClosedDate": "2026-03-02T12:00:00Z",
    }  # fmt: skip
    (ticket,) = read("azure_devops", json.dumps({"value": [{"id": 12, "fields": fields}]}))
    assert events(ticket) == [
        ("03-02 09:15", "created", "", "Kim <kim@x.example>", ""),
        ("03-02 09:15", "type", "Bug", "", ""),
        ("03-02 12:00", "status", "Closed", "", ""),
    ]
    table = (
        "ID,Work Item Type,Title,State,Created Date,Closed Date,Severity\n"
        '12,Bug,Error,Closed,3/2/2026 9:15:00 AM,3/2/2026 12:00:00 PM,"3 - Medium"\n'
    )
    stamps = "%m/%d/%Y %I:%M:%S %p"
    (ticket,) = read("azure_devops", table, timezone="UTC", stamps=stamps)
    assert events(ticket) == [
        ("03-02 09:15", "created", "", "", ""),
        ("03-02 09:15", "type", "Bug", "", ""),
        ("03-02 09:15", "severity", "3 - Medium", "", ""),
        ("03-02 12:00", "status", "Closed", "", ""),
    ]


def test_servicenow_records_say_their_stamps_in_utc() -> None:
    plain = {
        name: value["value"] if isinstance(value, dict) else value
        for name, value in tracked.snow_incident().items()
    }
    for incident, state, priority in (
        (tracked.snow_incident(), "Resolved", "2 - High"), (plain, "6", "2"),
    ):  # fmt: skip
        (ticket,) = read("servicenow", json.dumps({"result": [incident]}))
        assert (ticket.id, ticket.title) == ("INC1", "Mail")
        assert ("03-02 09:15", "priority", priority, "", "") in events(ticket)
        assert events(ticket)[-1] == ("03-02 12:00", "status", state, "", "")


def test_servicenow_s_table_is_in_the_zone_of_whoever_exported_it() -> None:
    text = (
        '"number","short_description","opened_at","resolved_at","state","priority",'
        '"assignment_group","caller_id","sys_updated_on"\n'
        '"INC1","Mail","2026-03-02 10:15:00","2026-03-02 13:00:00","Resolved","2 - High",'
        '"Network","Kim","2026-03-02 14:00:00"\n'
    )
    refused("servicenow", text, "line 2: .* a stamp without a time zone")
    (ticket,) = read("servicenow", text, timezone="Europe/Berlin")
    assert events(ticket) == [
        ("03-02 09:15", "created", "", "Kim", ""),
        ("03-02 09:15", "priority", "2 - High", "", ""),
        ("03-02 09:15", "queue", "Network", "", ""),
        ("03-02 12:00", "status", "Resolved", "", ""),
    ]


@pytest.mark.parametrize("text", wrapped("tickets", ZAMMAD))
def test_zammad_tickets_have_articles_and_history(text: str) -> None:
    (ticket,) = read("zammad", text)
    assert (ticket.id, ticket.title) == ("22001", "Welcome")
    assert events(ticket) == tracked.ZAMMAD_EVENTS


def test_zammad_tickets_without_history_and_its_table_say_less() -> None:
    (ticket,) = read("zammad", json.dumps([tracked.zammad_ticket()]))
    known = [
        ("03-02 09:15", "created", "", "kim@customer.example", "customer"),
        ("03-02 09:15", "priority", "3 high", "", ""),
        ("03-02 09:15", "queue", "Users", "", ""),
        ("03-02 09:15", "group", "Acme", "", ""),
        ("03-02 12:00", "status", "closed", "", ""),
        ("03-02 09:50", "reply", "", "jo@supplier.example", "agent"),
    ]
    assert events(ticket) == known
    row = tracked.zammad_ticket()
    text = f"{','.join(row)}\n{','.join(map(str, row.values()))}\n"
    (ticket,) = read("zammad", text)
    assert ticket.id == "22001"
    assert sorted(events(ticket)) == sorted(
        [("03-02 09:15", "created", "", "kim@customer.example", ""), *known[1:]]
    )


@pytest.mark.parametrize(
    "system", ["jira", "github", "gitlab", "azure_devops", "servicenow", "zammad"]
)
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[", "it ends in the middle"),
        ('{"a": 1', "it ends in the middle"),
        ("[5]", "ticket 1: a record has no id"),
        ('{"error": "unauthorized"}', "ticket 1: a record has no id"),
        ("[" * 50_000, "nested too deeply"),
        ("<html></html>", "it has no field id|{ was expected"),
        ("", "it is empty|it ends in the middle"),
    ],
)
def test_no_tracker_s_export_is_read_that_is_none(system: str, text: str, why: str) -> None:
    refused(system, text, why)
