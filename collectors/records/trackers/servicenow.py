"""ServiceNow: records of the Table API with their audits and journals, and its exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, BinaryIO

from collectors.records.answers import all_pages, answer, changed, listed, segment
from collectors.records.json_reader import is_json
from collectors.records.mapped.csv_file import CsvTable
from collectors.records.mapped.fields import identity, text
from collectors.records.mapped.tickets import OF_A_TICKET
from collectors.records.shapes import a_dict
from collectors.records.stamps import Stamps, in_utc
from collectors.records.text import line_of
from collectors.records.trackers import files
from collectors.records.trackers.history import History
from quality.model.records import Asked, Download, EventKind, Page, RecordKind, Ticket

KINDS = files.KINDS
FIELDS: Mapping[RecordKind, tuple[str, ...]] = dict.fromkeys(KINDS, (*OF_A_TICKET, "table"))
REVISION = 1
AUTHORIZATION = "Bearer {}"
SIZE = 100
ROWS = 1_000  # of audits and journals that are answered at once
STAMP = "%Y-%m-%d %H:%M:%S"
NAMES = {
    "id": "number", "title": "short_description", "created": "opened_at",
    "updated": "sys_updated_on", "resolved": "resolved_at", "closed": "closed_at",
    "status": "state", "queue": "assignment_group", "type": "category", "group": "company",
    "reporter": "caller_id", "assignee": "assigned_to",
}  # fmt: skip
_WHERE: dict[EventKind, str] = {
    "status": "state", "priority": "priority", "queue": "assignment_group", "type": "category",
    "group": "company", "severity": "severity",
}  # fmt: skip

_REFERENCES = {"assignment_group": "sys_user_group", "company": "core_company"}
_REFERENCE = re.compile(r"[0-9a-f]{32}")


def read(file: BinaryIO, asked: Asked) -> Iterator[Ticket]:
    """The records of an export: the Table API's JSON, whose stamps are UTC where it has values, or
    CSV, whose stamps are in the zone of whoever exported it."""
    if is_json(file):
        return files.each(files.items(file, "result", asked.encoding), Rows(asked).ticket)
    return files.by_columns(CsvTable(file, asked.encoding), asked, NAMES)


def pages(download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
    """The records that changed since a cursor, with audits and journals. The address is that of
    the instance, https://NAME.service-now.com; ``query`` is an encoded one; the table is incident,
    or what ``fields`` says of ``table``."""
    rows, table = Rows(asked), segment(asked.fields.get("table", "incident"))
    rows.choices(_choices(download, table, rows))

    def get(since: datetime, page: int) -> list[dict[str, Any]]:
        wanted = f"sys_updated_on>={since:{STAMP}}^ORDERBYsys_updated_on^ORDERBYsys_id"
        query = {"sysparm_query": f"{asked.query}^{wanted}" if asked.query else wanted,
                 "sysparm_display_value": "all", "sysparm_exclude_reference_link": "true",
                 "sysparm_limit": str(SIZE), "sysparm_offset": str((page - 1) * SIZE)}  # fmt: skip
        return _rows(download, table, query)

    for items, newest, last in changed(get, rows.updated, cursor, SIZE, table):
        yield Page(_whole(download, items, rows), newest, last)


def _whole(download: Download, items: list[dict[str, Any]], rows: Rows) -> Iterator[Ticket]:
    ids = ",".join(segment(raw(item, "sys_id")) for item in items)
    audits = journals = dict[str, list[dict[str, Any]]]()
    if ids:
        fields = ",".join(rows.where.values())
        audits = _by(download, "sys_audit", "documentkey", f"IN{ids}^fieldnameIN{fields}")
        journals = _by(download, "sys_journal_field", "element_id",
                       f"IN{ids}^elementINcomments,work_notes")  # fmt: skip

    def with_parts(item: dict[str, Any]) -> dict[str, Any]:
        key = raw(item, "sys_id")
        return {**item, "sys_audit": audits.get(key, []),
                "sys_journal_field": journals.get(key, [])}  # fmt: skip

    rows.learn(items)
    changes = [row for of_one in audits.values() for row in of_one]
    for name, other in _REFERENCES.items():
        if unknown := rows.unknown(name, changes):
            named = _all(download, other, f"sys_idIN{','.join(unknown)}^ORDERBYsys_id")
            rows.names(name, named)
    yield from files.each(map(with_parts, items), rows.ticket)


def _rows(download: Download, table: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
    return listed(a_dict(answer(download, f"api/now/table/{table}", query)).get("result"), table)


def _all(download: Download, table: str, condition: str) -> list[dict[str, Any]]:
    def get(page: int) -> list[dict[str, Any]]:
        query = {"sysparm_query": condition, "sysparm_limit": str(ROWS),
                 "sysparm_offset": str((page - 1) * ROWS)}  # fmt: skip
        return _rows(download, table, query)

    return all_pages(get, ROWS, table)


def _by(
    download: Download, table: str, key: str, condition: str
) -> dict[str, list[dict[str, Any]]]:
    """Rows of another table by the record that they belong to, oldest first."""
    found = dict[str, list[dict[str, Any]]]()
    for row in _all(download, table, f"{key}{condition}^ORDERBYsys_created_on^ORDERBYsys_id"):
        found.setdefault(text(row.get(key)), []).append(row)
    return found


def _choices(download: Download, table: str, rows: Rows) -> list[dict[str, Any]]:
    """What the values of a table's fields are called: those of all tasks, then its own."""
    fields = ",".join(rows.where.values())
    condition = f"nameINtask,{table}^elementIN{fields}^language=en^ORDERBYsys_id"
    found = _all(download, "sys_choice", condition)
    return sorted(found, key=lambda row: row.get("name") == table)


class Rows:
    """Makes tickets of records."""

    def __init__(self, asked: Asked) -> None:
        self.where = _WHERE | files.stated(asked)
        self._stamps = Stamps(in_utc(replace(asked, stamps="")))
        self._shown = dict[tuple[str, str], str]()  # field and value: what that is called

    def updated(self, item: dict[str, Any]) -> datetime:
        """When it changed last."""
        return self._stamps.of(raw(item, "sys_updated_on"))

    def choices(self, found: list[dict[str, Any]]) -> None:
        """What the values of fields are called."""
        for row in found:
            key = text(row.get("element")), text(row.get("value"))
            self._shown[key] = text(row.get("label"))

    def unknown(self, name: str, changes: list[dict[str, Any]]) -> list[str]:
        """The references in changes of a field of which nobody has said what they are called."""
        said = {text(row.get(each)) for row in changes if row.get("fieldname") == name
                for each in ("oldvalue", "newvalue")}  # fmt: skip
        return sorted(each for each in said if _REFERENCE.fullmatch(each)
                      and (name, each) not in self._shown)  # fmt: skip

    def names(self, name: str, found: list[dict[str, Any]]) -> None:
        """What references are called."""
        for row in found:
            self._shown[name, text(row.get("sys_id"))] = text(row.get("name"))

    def learn(self, items: list[dict[str, Any]]) -> None:
        """Audits name values, people what these are called: both stand in the records."""
        for item in items:
            for name in self.where.values():
                self._shown[name, raw(item, name)] = shown(item, name)

    def ticket(self, item: dict[str, Any]) -> Ticket:
        """The ticket that a record is."""
        number = identity(shown(item, "number"))
        opened = self._stamps.of(raw(item, "opened_at") or raw(item, "sys_created_on"))
        history = History(opened, (shown(item, "caller_id") or shown(item, "opened_by"), ""))
        audited = isinstance(item.get("sys_audit"), list)
        kinds: dict[str, EventKind] = {name: kind for kind, name in self.where.items()}
        for row in item["sys_audit"] if audited else ():
            name = text(row.get("fieldname"))
            if kind := kinds.get(name):
                before, after = (text(row.get(each)) for each in ("oldvalue", "newvalue"))
                at, who = self._stamps.of(row.get("sys_created_on")), text(row.get("user"))
                before, after = (self._shown.get((name, each), each) for each in (before, after))
                history.change(at, kind, before, after, (who, ""))
        updated = self._stamps.may_be(raw(item, "sys_updated_on"))
        for kind, name in self.where.items():
            if kind != "status" or audited:
                history.now(kind, shown(item, name), updated)
        if not audited:
            self._without_audit(history, item)
        for row in item.get("sys_journal_field") or ():
            at, who = self._stamps.of(row.get("sys_created_on")), text(row.get("sys_created_by"))
            history.said(at, row.get("element") == "comments", (who, ""))
        return Ticket(number, line_of(shown(item, "short_description")), history.events())

    def _without_audit(self, history: History, item: dict[str, Any]) -> None:
        """The stamps that a record has; see the same in ``mapped.tickets``."""
        resolved, closed = (raw(item, name) for name in ("resolved_at", "closed_at"))
        state = shown(item, "state")
        if resolved and closed:
            history.change(self._stamps.of(resolved), "status", "", "resolved")
        if (since := closed or resolved or raw(item, "sys_updated_on")) and state:
            history.change(self._stamps.of(since), "status", "", state)


def raw(item: dict[str, Any], name: str) -> str:
    """The value of a field, whether the API was asked for values, for words or for both."""
    found = item.get(name)
    return text(found.get("value") if isinstance(found, dict) else found)


def shown(item: dict[str, Any], name: str) -> str:
    """What the value of a field is called; a reference without its name is its value."""
    found = item.get(name)
    if isinstance(found, dict):
        found = found.get("display_value") or found.get("value")
    return text(found)
