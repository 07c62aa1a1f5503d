"""Any JSON: lists, lists within objects, a record on each line, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quality.model.records import Outage
from tests.collectors.records.exports import at, events, read, refused

CREATED = "2026-03-02T09:15:00Z"
TICKET: dict[str, Any] = {
    "id": 17,
    "title": "Printer",
    "created": CREATED,
    "priority": "high",
    "events": [
        {"at": "2026-03-02T10:00:00Z", "event": "reply", "actor": "jo", "role": "agent"},
        {"at": "2026-03-02T11:00:00Z", "event": "status", "value": "Closed", "actor": None},
    ],
}
READ = [
    ("03-02 09:15", "created", "", "", ""),
    ("03-02 09:15", "priority", "high", "", ""),
    ("03-02 10:00", "reply", "", "jo", "agent"),
    ("03-02 11:00", "status", "Closed", "", ""),
]


@pytest.mark.parametrize(
    ("text", "records"),
    [
        (json.dumps([TICKET]), None),
        (json.dumps([TICKET], indent=2), None),
        (json.dumps(TICKET), None),
        (json.dumps({"total": 1, "tickets": [TICKET], "next": {"a": [1]}}), "tickets"),
        (json.dumps({"data": {"x": [], "all": [TICKET]}}), "data.all"),
    ],
)
def test_records_stand_in_a_list_wherever_that_is(text: str, records: str | None) -> None:
    fields = {"records": records} if records else {}
    for raw in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        (ticket,) = read("json", raw, fields=fields)
        assert (ticket.id, ticket.title) == ("17", "Printer")
        assert events(ticket) == READ


def test_a_line_may_be_a_record() -> None:
    text = "\n".join(json.dumps(TICKET | {"id": number}) for number in range(3)) + "\n\n"
    assert [ticket.id for ticket in read("json", text)] == ["0", "1", "2"]


def test_fields_are_paths() -> None:
    ticket = {
        "key": "A-1", "fields": {"summary": "Hi", "opened": CREATED, "priority": {"name": "P1"}},
        "odd.name": "Net",
        "log": {"all": [{"when": 1772446500, "what": "Comment", "by": {"is": "Staff"}}]},
    }  # fmt: skip
    names = {
        "id": "key", "title": "fields.summary", "created": "fields.opened",
        "priority": "fields.priority.name", "queue": "odd.name", "events": "log.all",
        "events.at": "when", "events.event": "what", "event.reply": "comment",
        "events.role": "by.is", "role.agent": "staff",
    }  # fmt: skip
    (found,) = read("json", json.dumps([ticket]), fields=names)
    assert (found.id, found.title) == ("A-1", "Hi")
    assert events(found) == [
        ("03-02 09:15", "created", "", "", ""),
        ("03-02 09:15", "priority", "P1", "", ""),
        ("03-02 09:15", "queue", "Net", "", ""),
        ("03-02 10:15", "reply", "", "", "agent"),
    ]


def test_a_record_may_be_an_event() -> None:
    rows = [
        {"id": 1, "at": CREATED, "event": "created"},
        {"id": 2, "at": CREATED, "event": "created"},
        {"id": 1, "at": "2026-03-02T10:00:00Z", "event": "status", "value": "Done"},
    ]
    first, second = read("json", json.dumps(rows))
    assert [kind for _, kind, *_ in events(first)] == ["created", "status"]
    assert [kind for _, kind, *_ in events(second)] == ["created"]


def test_what_stands_in_no_first_record_is_read_in_others() -> None:
    rows = [
        {"id": 1, "created": CREATED},
        {"id": 2, "created": CREATED, "resolved": CREATED, "deleted": True},
    ]
    first, second = read("json", json.dumps(rows))
    assert (len(first.events), first.gone) == (1, False)
    assert (len(second.events), second.gone) == (2, True)


def test_outages_and_requests_are_read_too() -> None:
    text = json.dumps([{"service": "a", "begins": CREATED, "duration": 60.4}])
    assert read("json", text, "outages") == [
        Outage(
            f"a {CREATED[:-1]}+00:00", "a", "outage", at("2026-03-02 09:15"), at("2026-03-02 09:16")
        )
    ]
    counted = [{"at": CREATED, "total": 100, "failed": 3}]
    (stretch,) = read("json", json.dumps(counted), "probes", service="a", interval=60)
    assert (stretch.up, stretch.results, stretch.failed) == (True, 100, 3)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it ends in the middle"),
        (json.dumps([TICKET])[:-1], "it ends in the middle"),
        (json.dumps([TICKET])[:-40], "it ends in the middle"),
        (json.dumps(TICKET)[:-2], "it ends in the middle"),
        (json.dumps([TICKET]) + "x", "something follows the end"),
        ('[{"id": 1, "id": 2}]', "a key occurs twice"),
        ('[{"id": NaN}]', "NaN is not a number"),
        ("[null]", "record 1: an object was expected"),
        (json.dumps([TICKET, None]), "record 2: an object was expected"),
        ('[{"id": 1}]', "record 1: 1 has no stamp of its opening"),
        ('[{"created": "2026-03-02T09:15:00Z"}]', "record 1: a record has no id"),
        ('[{"id": [1], "created": "2026-03-02T09:15:00Z"}]', "record 1: id is neither text"),
        ('[{"id": 1, "created": true}]', "record 1: True is not a stamp"),
        ('[{"id": 1, "created": 46083.5}]', "record 1: 46083.5 is not a credible stamp"),
        ('[{"id": 1, "created": 1e300}]', "record 1: 1e.300 is not a credible stamp"),
        ('[{"id": 1, "created": 1772442900}, {}]', "record 2: a record has no id"),
        ('{"tickets": [], "x": 1}', "its records are in a list: name it, records: tickets"),
        (json.dumps([TICKET | {"events": [7]}]), "record 1: events is not a list of objects"),
        (json.dumps([TICKET | {"events": [{"at": CREATED, "event": "seen"}]}]),
         "record 1: nobody says what seen is"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"id": ' + "[" * 100_000, "nested too deeply"),
        ('[{"id": ' + "9" * 5_000 + "}]", "."),
        ("[\x00]", "not JSON"),
    ],
)  # fmt: skip
def test_what_cannot_be_believed_is_refused(text: str, why: str) -> None:
    refused("json", text, why)


def test_a_path_that_leads_nowhere_is_an_error() -> None:
    text = json.dumps({"data": {"all": [TICKET], "one": TICKET}})
    refused("json", text, "it has no list data.other", fields={"records": "data.other"})
    refused("json", text, "data.one is not a list", fields={"records": "data.one"})
    refused("json", text, "it has no list data.all.x", fields={"records": "data.all.x"})
    refused("json", "[]", "it has no list data", fields={"records": "data"})


def test_two_encodings_in_one_file_are_refused() -> None:
    text = json.dumps([TICKET | {"title": "Möbel"}], ensure_ascii=False)
    refused("json", text.encode()[:-1] + ', {"id": "ö"}]'.encode("latin-1"), "is not UTF-8 at byte")
    (ticket,) = read("json", text.encode("latin-1"), encoding="latin-1")
    assert ticket.title == "Möbel"


@pytest.mark.slow
def test_a_million_fields_of_a_record_are_no_matter() -> None:
    many = {f"f{number}": 1 for number in range(1_000_000)}
    (ticket,) = read("json", json.dumps([TICKET | many]))
    assert events(ticket) == READ
