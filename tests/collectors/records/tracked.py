"""Payloads of trackers, small, as their APIs document them; each builds the same few tickets."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def jira_user(name: str, mail: str = "", kind: str = "atlassian") -> Json:
    user = {"accountId": f"557058:{name}", "displayName": name, "accountType": kind, "active": True}
    return user | ({"emailAddress": mail} if mail else {})


def jira_change(created: str, author: Json, *items: tuple[str, str, str]) -> Json:
    """An entry of a changelog; items are a field's id, what it was and what it is."""
    return {
        "id": "10001", "author": author, "created": created,
        "items": [{"field": name, "fieldId": name, "fieldtype": "jira", "from": "1", "to": "2",
                   "fromString": before, "toString": after} for name, before, after in items],
    }  # fmt: skip


def jira_issue(key: str = "SUP-1", updated: str = "2026-03-02T12:00:00.000+0100") -> Json:
    kim, jo = jira_user("Kim", "kim@customer.example", "customer"), jira_user("Jo")
    robot = jira_user("Automation for Jira", kind="app")
    return {
        "id": "10000", "key": key, "self": "https://x.atlassian.net/rest/api/3/issue/10000",
        "fields": {
            "summary": "Printer\u202e <b>burns</b>",
            "created": "2026-03-02T09:15:00.000+0100", "updated": updated,
            "status": {"name": "Resolved", "statusCategory": {"key": "done"}},
            "priority": {"name": "High", "id": "2"}, "issuetype": {"name": "Incident"},
            "project": {"key": "SUP", "name": "Support"}, "reporter": kim, "creator": kim,
            "customfield_10050": {"value": "S2", "id": "10"},
            "comment": {"total": 3, "maxResults": 3, "startAt": 0, "comments": [
                {"author": robot, "created": "2026-03-02T09:15:10.000+0100", "jsdPublic": True},
                {"author": jo, "created": "2026-03-02T09:40:00.000+0100", "jsdPublic": False},
                {"author": jo, "created": "2026-03-02T10:15:00.000+0100", "jsdPublic": True,
                 "body": {"type": "doc"}},
            ]},
        },
        "changelog": {"startAt": 0, "maxResults": 2, "total": 2, "histories": [  # newest first
            jira_change("2026-03-02T12:00:00.000+0100", jo, ("status", "In Progress", "Resolved")),
            jira_change("2026-03-02T10:00:00.000+0100", jo, ("status", "Open", "In Progress"),
                        ("priority", "Low", "High"), ("labels", "", "x")),
        ]},
    }  # fmt: skip


JIRA_EVENTS = [
    ("03-02 08:15", "created", "", "kim@customer.example", "customer"),
    ("03-02 08:15", "status", "Open", "", ""),
    ("03-02 08:15", "priority", "Low", "", ""),
    ("03-02 08:15", "type", "Incident", "", ""),
    ("03-02 08:15", "queue", "Support", "", ""),
    ("03-02 08:15", "severity", "S2", "", ""),
    ("03-02 09:00", "status", "In Progress", "Jo", ""),
    ("03-02 09:00", "priority", "High", "Jo", ""),
    ("03-02 11:00", "status", "Resolved", "Jo", ""),
    ("03-02 08:15", "reply", "", "Automation for Jira", "robot"),
    ("03-02 08:40", "note", "", "Jo", ""),
    ("03-02 09:15", "reply", "", "Jo", ""),
]


def github_issue(number: int = 7, updated: str = "2026-03-02T12:00:00Z") -> Json:
    return {
        "number": number, "title": "Crash", "state": "closed", "comments": 2,
        "user": {"login": "kim", "type": "User"}, "author_association": "NONE",
        "created_at": "2026-03-02T09:15:00Z", "closed_at": updated, "updated_at": updated,
        "labels": [{"name": "priority/high"}, {"name": "bug"}],
    }  # fmt: skip


def github_timeline() -> list[Json]:
    jo, bot = {"login": "jo", "type": "User"}, {"login": "triage[bot]", "type": "Bot"}
    return [
        {"event": "labeled", "label": {"name": "priority/low"}, "actor": bot,
         "created_at": "2026-03-02T09:15:05Z"},
        {"event": "commented", "user": bot, "actor": bot, "created_at": "2026-03-02T09:15:06Z",
         "author_association": "NONE"},
        {"event": "labeled", "label": {"name": "priority/high"}, "actor": jo,
         "created_at": "2026-03-02T09:30:00Z"},
        {"event": "unlabeled", "label": {"name": "priority/low"}, "actor": jo,
         "created_at": "2026-03-02T09:30:01Z"},
        {"event": "commented", "user": jo, "actor": jo, "created_at": "2026-03-02T10:00:00Z",
         "author_association": "MEMBER", "body": "Looking"},
        {"event": "subscribed", "actor": jo, "created_at": "2026-03-02T10:00:00Z"},
        {"event": "closed", "actor": jo, "created_at": "2026-03-02T11:00:00Z"},
        {"event": "reopened", "actor": jo, "created_at": "2026-03-02T11:30:00Z"},
        {"event": "closed", "actor": jo, "created_at": "2026-03-02T12:00:00Z"},
    ]  # fmt: skip


GITHUB_EVENTS = [
    ("03-02 09:15", "created", "", "kim", "customer"),
    ("03-02 09:15", "status", "open", "", ""),
    ("03-02 09:15", "priority", "low", "triage[bot]", "robot"),
    ("03-02 09:15", "reply", "", "triage[bot]", "robot"),
    ("03-02 09:30", "priority", "high", "jo", ""),
    ("03-02 10:00", "reply", "", "jo", "agent"),
    ("03-02 11:00", "status", "closed", "jo", ""),
    ("03-02 11:30", "status", "open", "jo", ""),
    ("03-02 12:00", "status", "closed", "jo", ""),
]


def gitlab_issue(iid: int = 3, updated: str = "2026-03-02T12:00:00.000Z") -> Json:
    return {
        "id": 1000 + iid, "iid": iid, "project_id": 4, "title": "Slow", "state": "closed",
        "created_at": "2026-03-02T10:15:00.000+01:00", "updated_at": updated,
        "closed_at": "2026-03-02T11:00:00.000Z", "closed_by": {"username": "jo"},
        "labels": ["priority::2"], "author": {"username": "kim"}, "issue_type": "incident",
        "severity": "HIGH",
    }  # fmt: skip


def gitlab_parts() -> dict[str, list[Json]]:
    jo, kim = {"id": 1, "username": "jo"}, {"id": 2, "username": "kim"}
    return {
        "notes": [
            {"author": jo, "created_at": "2026-03-02T09:20:00.000Z", "system": True, "body": "x"},
            {"author": jo, "created_at": "2026-03-02T09:21:00.000Z", "system": False,
             "internal": True},
            {"author": jo, "created_at": "2026-03-02T09:45:00.000Z", "system": False,
             "internal": False},
            {"author": kim, "created_at": "2026-03-02T11:05:00.000Z", "system": False},
        ],
        "resource_label_events": [
            {"user": kim, "created_at": "2026-03-02T09:15:00.000Z", "action": "add",
             "label": {"id": 1, "name": "priority::3"}},
            {"user": jo, "created_at": "2026-03-02T09:30:00.000Z", "action": "remove",
             "label": {"id": 1, "name": "priority::3"}},
            {"user": jo, "created_at": "2026-03-02T09:30:00.000Z", "action": "add",
             "label": {"id": 2, "name": "priority::2"}},
            {"user": jo, "created_at": "2026-03-02T09:31:00.000Z", "action": "add", "label": None},
        ],
        "resource_state_events": [
            {"user": jo, "created_at": "2026-03-02T11:00:00.000Z", "state": "closed"},
        ],
    }  # fmt: skip


GITLAB_EVENTS = [
    ("03-02 09:15", "created", "", "kim", ""),
    ("03-02 09:15", "status", "opened", "", ""),
    ("03-02 09:15", "type", "incident", "", ""),
    ("03-02 09:15", "severity", "HIGH", "", ""),
    ("03-02 11:00", "status", "closed", "jo", ""),
    ("03-02 09:15", "priority", "3", "kim", ""),
    ("03-02 09:30", "priority", "", "jo", ""),
    ("03-02 09:30", "priority", "2", "jo", ""),
    ("03-02 09:21", "note", "", "jo", ""),
    ("03-02 09:45", "reply", "", "jo", ""),
    ("03-02 11:05", "reply", "", "kim", ""),
]


def azure_updates(number: int = 12) -> list[Json]:
    kim = {"displayName": "Kim", "uniqueName": "kim@customer.example"}
    jo = {"displayName": "Jo", "uniqueName": "jo@supplier.example"}

    def new(**fields: Any) -> Json:
        return {name.replace("__", "."): {"newValue": value} for name, value in fields.items()}

    return [
        {"id": 1, "workItemId": number, "rev": 1, "revisedBy": kim,
         "revisedDate": "2026-03-02T10:00:00Z",
         "fields": new(System__Title="Error 500", System__State="New",
                       System__WorkItemType="Bug", System__AreaPath="Shop",
                       System__CreatedDate="2026-03-02T09:15:00.123Z",
                       System__ChangedDate="2026-03-02T09:15:00.123Z")
         | {"Microsoft.VSTS.Common.Severity": {"newValue": "3 - Medium"},
            "Microsoft.VSTS.Common.Priority": {"newValue": 2}}},
        {"id": 2, "rev": 2, "revisedBy": jo, "revisedDate": "9999-01-01T00:00:00Z",
         "fields": {"System.State": {"oldValue": "New", "newValue": "Active"},
                    "System.History": {"newValue": "<div>We look</div>"},
                    "System.ChangedDate": {"oldValue": "x", "newValue": "2026-03-02T10:00:00Z"}}},
        {"id": 3, "rev": 2, "revisedBy": jo, "relations": {"added": []}},
        {"id": 4, "rev": 3, "revisedBy": jo, "revisedDate": "9999-01-01T00:00:00Z",
         "fields": {"System.State": {"oldValue": "Active", "newValue": "Resolved"},
                    "System.IsDeleted": {"newValue": True},
                    "Microsoft.VSTS.Common.Severity": {"oldValue": "3 - Medium",
                                                       "newValue": "4 - Low"},
                    "System.ChangedDate": {"newValue": "2026-03-02T12:00:00Z"}}},
    ]  # fmt: skip


AZURE_EVENTS = [
    ("03-02 09:15", "created", "", "kim@customer.example", ""),
    ("03-02 09:15", "status", "New", "", ""),
    ("03-02 09:15", "priority", "2", "", ""),
    ("03-02 09:15", "severity", "3 - Medium", "", ""),
    ("03-02 09:15", "type", "Bug", "", ""),
    ("03-02 09:15", "queue", "Shop", "", ""),
    ("03-02 10:00", "status", "Active", "jo@supplier.example", ""),
    ("03-02 10:00", "reply", "", "jo@supplier.example", ""),
    ("03-02 12:00", "status", "Resolved", "jo@supplier.example", ""),
    ("03-02 12:00", "severity", "4 - Low", "jo@supplier.example", ""),
]

GROUP = "8a4dde73c6112278017a6a4baf547aa7"


def snow(value: str, shown: str | None = None) -> Json:
    return {"value": value, "display_value": value if shown is None else shown}


def snow_incident(number: str = "INC1", updated: str = "2026-03-02 12:00:00") -> Json:
    return {
        "sys_id": f"{int(number[3:]):032x}", "number": snow(number),
        "short_description": snow("Mail"), "opened_at": snow("2026-03-02 09:15:00", "10:15"),
        "resolved_at": snow("2026-03-02 12:00:00"), "closed_at": snow(""),
        "state": snow("6", "Resolved"), "priority": snow("2", "2 - High"),
        "assignment_group": snow(GROUP, "Network"), "category": snow("inquiry", "Inquiry"),
        "company": snow(""), "severity": snow("3", "3 - Low"),
        "caller_id": snow("f" * 32, "Kim"), "sys_updated_on": snow(updated),
    }  # fmt: skip


def snow_audits(number: str = "INC1") -> list[Json]:
    key = f"{int(number[3:]):032x}"
    return [
        {"documentkey": key, "fieldname": "state", "oldvalue": "1", "newvalue": "2",
         "sys_created_on": "2026-03-02 10:00:00", "user": "jo"},
        {"documentkey": key, "fieldname": "assignment_group", "oldvalue": "e" * 32,
         "newvalue": GROUP, "sys_created_on": "2026-03-02 10:05:00", "user": "jo"},
        {"documentkey": key, "fieldname": "state", "oldvalue": "2", "newvalue": "6",
         "sys_created_on": "2026-03-02 12:00:00", "user": "jo"},
    ]  # fmt: skip


def snow_journal(number: str = "INC1") -> list[Json]:
    key = f"{int(number[3:]):032x}"
    return [
        {"element_id": key, "element": "work_notes", "sys_created_by": "jo",
         "sys_created_on": "2026-03-02 09:20:00", "value": "internal"},
        {"element_id": key, "element": "comments", "sys_created_by": "jo",
         "sys_created_on": "2026-03-02 09:40:00", "value": "Hello"},
    ]  # fmt: skip


SNOW_EVENTS = [
    ("03-02 09:15", "created", "", "Kim", ""),
    ("03-02 09:15", "status", "New", "", ""),
    ("03-02 09:15", "queue", "Service Desk", "", ""),
    ("03-02 09:15", "priority", "2 - High", "", ""),
    ("03-02 09:15", "type", "Inquiry", "", ""),
    ("03-02 09:15", "severity", "3 - Low", "", ""),
    ("03-02 10:00", "status", "In Progress", "jo", ""),
    ("03-02 10:05", "queue", "Network", "jo", ""),
    ("03-02 12:00", "status", "Resolved", "jo", ""),
    ("03-02 09:20", "note", "", "jo", ""),
    ("03-02 09:40", "reply", "", "jo", ""),
]


def zammad_ticket(number: int = 1, updated: str = "2026-03-02T12:00:00.000Z") -> Json:
    return {
        "id": number, "number": f"2200{number}", "title": "Welcome", "group": "Users",
        "priority": "3 high", "state": "closed", "organization": "Acme",
        "customer": "kim@customer.example", "owner": "jo@supplier.example",
        "created_at": "2026-03-02T09:15:00.000Z", "updated_at": updated,
        "close_at": "2026-03-02T12:00:00.000Z", "first_response_at": "2026-03-02T09:50:00.000Z",
    }  # fmt: skip


def zammad_history() -> Json:
    def change(attribute: str, before: str, after: str, at: str) -> Json:
        return {"object": "Ticket", "type": "updated", "attribute": attribute, "created_at": at,
                "value_from": before, "value_to": after, "created_by_id": 5}  # fmt: skip

    return {
        "history": [
            {"object": "Ticket", "type": "created", "created_at": "2026-03-02T09:15:00.000Z"},
            change("state", "new", "open", "2026-03-02T09:50:00.000Z"),
            change("priority", "2 normal", "3 high", "2026-03-02T09:51:00.000Z"),
            change("owner", "-", "jo", "2026-03-02T09:52:00.000Z"),
            change("state", "open", "closed", "2026-03-02T12:00:00.000Z"),
        ],
        "assets": {"User": {"5": {"id": 5, "login": "jo", "email": "jo@supplier.example"}}},
    }


def zammad_articles() -> list[Json]:
    def article(sender: str, kind: str, at: str, internal: bool = False) -> Json:
        return {"sender": sender, "type": kind, "internal": internal, "created_at": at,
                "from": "x", "created_by": f"{sender.lower()}@x.example"}  # fmt: skip

    return [
        article("Customer", "email", "2026-03-02T09:15:00.000Z"),
        article("System", "email", "2026-03-02T09:15:10.000Z"),
        article("Agent", "note", "2026-03-02T09:30:00.000Z", True),
        article("Agent", "email", "2026-03-02T09:50:00.000Z"),
        article("Customer", "email", "2026-03-02T10:30:00.000Z"),
    ]


ZAMMAD_EVENTS = [
    ("03-02 09:15", "created", "", "kim@customer.example", "customer"),
    ("03-02 09:15", "status", "new", "", ""),
    ("03-02 09:15", "priority", "2 normal", "", ""),
    ("03-02 09:15", "queue", "Users", "", ""),
    ("03-02 09:15", "group", "Acme", "", ""),
    ("03-02 09:50", "status", "open", "jo@supplier.example", ""),
    ("03-02 09:51", "priority", "3 high", "jo@supplier.example", ""),
    ("03-02 12:00", "status", "closed", "jo@supplier.example", ""),
    ("03-02 09:15", "reply", "", "system@x.example", "robot"),
    ("03-02 09:30", "note", "", "agent@x.example", "agent"),
    ("03-02 09:50", "reply", "", "agent@x.example", "agent"),
    ("03-02 10:30", "reply", "", "customer@x.example", "customer"),
]
