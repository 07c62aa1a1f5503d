"""Issues of Jira's API, made into tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collectors.records.mapped.fields import identity, text
from collectors.records.shapes import a_dict, a_list, a_text, whole
from collectors.records.stamps import Stamps
from collectors.records.text import UnreadableError, line_of
from collectors.records.trackers.files import stated
from collectors.records.trackers.history import By, History
from quality.model.records import Asked, EventKind, Role, Ticket

_NAMES: dict[EventKind, str] = {
    "status": "status", "priority": "priority", "type": "issuetype", "queue": "project",
}  # fmt: skip
_ROLES: dict[str, Role] = {"app": "robot", "customer": "customer"}
_WORDS = ("name", "value", "displayName", "key")  # by which an object of Jira is called


class Issues:
    """Makes tickets of issues. Where a field is, ``fields`` says by its id: severity:
    customfield_10050."""

    def __init__(self, asked: Asked) -> None:
        self._stamps = Stamps(asked)
        self._names = _NAMES | stated(asked)
        self._kinds: dict[str, EventKind] = {name: kind for kind, name in self._names.items()}

    @property
    def fields(self) -> list[str]:
        """The fields that have to be asked for."""
        always = ["summary", "created", "updated", "reporter", "creator", "comment"]
        return [*always, *self._kinds]

    def updated(self, issue: dict[str, Any]) -> datetime:
        """When it changed last."""
        return self._stamps.of(a_dict(issue.get("fields")).get("updated"))

    def ticket(self, issue: dict[str, Any]) -> Ticket:
        """The ticket that an issue is (UnreadableError: also where it is not there wholly)."""
        key, fields = identity(issue.get("key")), a_dict(issue.get("fields"))
        opener = a_dict(fields.get("reporter") or fields.get("creator"))
        history = History(self._stamps.of(fields.get("created")), _who(opener))
        for change in self._complete(key, issue.get("changelog"), "histories"):
            self._change(history, change)
        updated = self._stamps.may_be(fields.get("updated"))
        for kind, name in self._names.items():
            if name in fields:
                history.now(kind, word(fields[name]), updated)
        for comment in self._complete(key, fields.get("comment"), "comments"):
            public = comment.get("jsdPublic") is not False and not comment.get("visibility")
            at = self._stamps.of(comment.get("created"))
            history.said(at, public, _who(a_dict(comment.get("author"))))
        return Ticket(key, line_of(fields.get("summary")), history.events())

    def _change(self, history: History, change: dict[str, Any]) -> None:
        """An entry of the changelog: what was changed at one moment."""
        for item in map(a_dict, a_list(change.get("items"))):
            kind = self._kinds.get(a_text(item.get("fieldId"))) or self._kinds.get(
                a_text(item.get("field")).lower()
            )
            if kind:
                at, who = self._stamps.of(change.get("created")), _who(a_dict(change.get("author")))
                history.change(at, kind, item.get("fromString"), item.get("toString"), who)

    def _complete(self, key: str, said: object, name: str) -> list[dict[str, Any]]:
        """A list within an issue, oldest first (UnreadableError: a part of it is missing)."""
        found = a_dict(said)
        entries = [a_dict(each) for each in a_list(found.get(name))]
        if (total := whole(found.get("total"))) > len(entries):
            raise UnreadableError(
                f"{key} has {len(entries):,} of {total:,} {name}: export them all, or take the API"
            )
        return sorted(entries, key=lambda entry: self._stamps.of(entry.get("created")))


def word(value: object) -> str:
    """What a field's value is called."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(word, value)))
    if isinstance(value, dict):
        return next((text(value[name]) for name in _WORDS if value.get(name)), "")
    return text(value)


def _who(user: dict[str, Any]) -> By:
    name = next((user[key] for key in ("emailAddress", "displayName", "name", "accountId")
                 if user.get(key)), "")  # fmt: skip
    return text(name), _ROLES.get(a_text(user.get("accountType")), "")
