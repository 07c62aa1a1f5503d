"""Any CSV: its dialect, its encoding, its fields, and what is refused."""

from __future__ import annotations

import csv
import io

import pytest

from collectors.records import delimited
from collectors.records.mapped import csv_file, grouped
from quality.model.records import Outage
from tests.collectors.records.exports import at, events, read, refused

TICKETS = """\
id,title,created,priority,status,first_response,resolved
T-1,"Nothing works, at all",2026-03-02T09:15:00Z,high,Done,2026-03-02T10:00+01:00,2026-03-03T08:00Z
T-2,"Two
lines",2026-03-02T09:20:00Z,low,Open,,
"""


def test_a_row_is_a_ticket_with_the_stamps_that_it_has_as_events() -> None:
    first, second = read("csv", TICKETS)
    assert (first.id, first.title, first.gone) == ("T-1", "Nothing works, at all", False)
    assert events(first) == [
        ("03-02 09:15", "created", "", "", ""),
        ("03-02 09:15", "priority", "high", "", ""),
        ("03-02 09:00", "reply", "", "", "agent"),
        ("03-03 08:00", "status", "Done", "", ""),
    ]
    assert second.title == "Two lines"
    # Nobody says since when it is open: no status is better than one since the opening.
    assert [kind for _, kind, *_ in events(second)] == ["created", "priority"]


def test_fields_have_the_names_of_the_source_whatever_its_case() -> None:
    fields = {"id": "Nummer", "title": "Betreff", "created": "Eröffnet", "queue": "gruppe"}
    text = "Nummer;Betreff;Eröffnet;Gruppe;Gelöst\n7;Hallo;02.03.2026 10:15;Netz;ja\n"
    for raw, encoding in (
        (text.encode(), ""),
        (b"\xef\xbb\xbf" + text.encode(), ""),
        (text.encode("utf-16"), ""),
        (text.encode("cp1252"), "windows-1252"),
    ):
        (ticket,) = read(
            "csv", raw, fields=fields, encoding=encoding, stamps="%d.%m.%Y %H:%M",
            timezone="Europe/Berlin",
        )  # fmt: skip
        assert (ticket.id, ticket.title) == ("7", "Hallo")
        assert events(ticket) == [
            ("03-02 09:15", "created", "", "", ""),
            ("03-02 09:15", "queue", "Netz", "", ""),
        ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_header_tells_the_dialect(delimiter: str, end: str) -> None:
    rows = (["id", "created", "title"], ["1", "2026-03-02T09:15:00Z", '"a, b; c"'])
    (ticket,) = read("csv", end.join(delimiter.join(row) for row in rows))
    assert (ticket.id, ticket.title) == ("1", "a, b; c")


def test_excel_says_its_delimiter_and_repeats_nothing() -> None:
    text = "sep=;\nid;created\n1;2026-03-02T09:15:00Z\n\nid;created\n2;2026-03-02T09:15:00Z;\n;\n"
    assert [ticket.id for ticket in read("csv", text)] == ["1", "2"]


def test_of_columns_with_one_name_the_first_with_something_in_it_counts() -> None:
    text = "id,created,queue,queue\n1,2026-03-02T09:15:00Z,,Net\n2,2026-03-02T09:15:00Z,Web,Net\n"
    assert [events(ticket)[1][2] for ticket in read("csv", text)] == ["Net", "Web"]


def test_a_status_counts_since_the_stamp_that_the_row_has_for_it() -> None:
    text = (
        "id,created,status,resolved,closed,updated\n"
        "1,2026-03-02T09:00:00Z,Waiting,,,2026-03-02T10:00:00Z\n"
        "2,2026-03-02T09:00:00Z,Closed,2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,2026-03-05T10:00:00Z\n"
        "3,2026-03-02T09:00:00Z,,2026-03-02T10:00:00Z,,\n"
    )
    assert [events(ticket)[1:] for ticket in read("csv", text)] == [
        [("03-02 10:00", "status", "Waiting", "", "")],
        [
            ("03-02 10:00", "status", "resolved", "", ""),
            ("03-02 11:00", "status", "Closed", "", ""),
        ],
        [("03-02 10:00", "status", "resolved", "", "")],
    ]  # fmt: skip


def test_deleted_says_what_is_gone() -> None:
    rows = "".join(
        f"{n},2026-03-02T09:00:00Z,{said}\n" for n, said in enumerate(["", "0", "False", "yes"])
    )
    assert [ticket.gone for ticket in read("csv", f"id,created,deleted\n{rows}")] == [
        False, False, False, True,
    ]  # fmt: skip


HISTORY = """\
id,at,event,value,actor,role,title
A,2026-03-02T09:00:00Z,created,,kim@x.example,Customer,Printer
B,2026-03-02T09:05:00Z,created,,lee,customer,Mail
A,2026-03-02T09:30:00Z,reply,ignored,jo,agent,
A,2026-03-02T09:00:00Z,priority,high,,,
B,2026-03-02T10:00:00Z,status,Pending,jo,agent,
A,2026-03-02T11:00:00Z,status,Closed,bot,robot,
"""


@pytest.fixture(params=["memory", "files"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "files":
        monkeypatch.setattr(grouped, "FEW", 2)
        monkeypatch.setattr(grouped, "BATCH", 1)


def test_rows_of_events_make_tickets_wherever_they_stand(held: None) -> None:
    found = {ticket.id: ticket for ticket in read("csv", HISTORY)}
    assert {number: ticket.title for number, ticket in found.items()} == {
        "A": "Printer",
        "B": "Mail",
    }
    assert events(found["A"]) == [
        ("03-02 09:00", "created", "", "kim@x.example", "customer"),
        ("03-02 09:30", "reply", "", "jo", "agent"),
        ("03-02 09:00", "priority", "high", "", ""),
        ("03-02 11:00", "status", "Closed", "bot", "robot"),
    ]
    assert events(found["B"])[1] == ("03-02 10:00", "status", "Pending", "jo", "agent")


@pytest.mark.parametrize("remembered", [1, 2_000_000])
def test_rows_that_stand_together_make_the_same_tickets(
    remembered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "IDS", remembered)
    header, *rows = HISTORY.splitlines(keepends=True)
    together = read("csv", "".join([header, *sorted(rows, key=lambda row: row[0])]))
    assert [ticket.id for ticket in together] == ["A", "B"]
    assert together == sorted(read("csv", HISTORY), key=lambda ticket: ticket.id)
    # One id in two spellings is one ticket, also where each spelling stands together.
    spelled = read("csv", "".join([header, *rows[:2], *(f"A\t{row[1:]}" for row in rows[2:4])]))
    assert {ticket.id: len(ticket.events) for ticket in spelled} == {"A": 3, "B": 1}


def test_an_event_is_named_by_the_words_of_the_source() -> None:
    fields = {
        "event": "What", "event.created": "Opened", "event.reply": "Mail sent | Call made",
        "role": "Who", "role.agent": "Staff",
    }  # fmt: skip
    text = (
        "id,at,What,Who\nA,2026-03-02T09:00:00Z,opened,\nA,2026-03-02T09:10:00Z,Call made,staff\n"
        "A,2026-03-02T09:20:00Z,Viewed,staff\n"
    )
    (ticket,) = read("csv", text, fields=fields)
    assert events(ticket) == [
        ("03-02 09:00", "created", "", "", ""),
        ("03-02 09:10", "reply", "", "", "agent"),
    ]
    refused("csv", text, "line 2: nobody says what opened is",
            fields={"event": "What", "event.x": "y"})  # fmt: skip


def test_an_event_without_a_ticket_s_opening_is_refused(held: None) -> None:
    refused("csv", HISTORY.replace("A,2026-03-02T09:00:00Z,created", "A,2026-03-02T09:00:00Z,note"),
            "line 7: A has no stamp of its opening")  # fmt: skip


def test_outages_have_an_end_or_a_duration_or_last() -> None:
    text = (
        "id,service,kind,begins,ends,duration,announced_at,cause\n"
        "1,shop,,2026-03-02T09:00:00Z,2026-03-02T09:10:00Z,,,Disk\n"
        "2,shop,Planned,2026-03-03T09:00:00Z,,1:02:03,2026-03-01T09:00:00Z,\n"
        ",shop,down,2026-03-04T09:00:00Z,,78,,\n"
        "4,shop,outage,2026-03-05T09:00:00Z,,,,\n"
    )
    kind = {"kind.maintenance": "planned"}
    assert read("csv", text, "outages", fields=kind) == [
        Outage("1", "shop", "outage", at("2026-03-02 09:00"), at("2026-03-02 09:10"), None, "Disk"),
        Outage("2", "shop", "maintenance", at("2026-03-03 09:00"), at("2026-03-03 10:02:03"),
               at("2026-03-01 09:00")),
        Outage("shop 2026-03-04T09:00:00+00:00", "shop", "outage", at("2026-03-04 09:00"),
               at("2026-03-04 09:01:18")),
        Outage("4", "shop", "outage", at("2026-03-05 09:00"), None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("shop,2026-03-02T09:00:00Z,2026-03-02T08:00:00Z,,", "line 2: an outage ends before"),
        ("shop,2026-03-02T09:00:00Z,,soon,", "line 2: soon is not a duration"),
        ("shop,2026-03-02T09:00:00Z,,-5,", "line 2: -5 is not a duration"),
        ("shop,2026-03-02T09:00:00Z,,nan,", "line 2: nan is not a duration"),
        (",2026-03-02T09:00:00Z,,5,", "line 2: an outage of no service"),
        ("shop,2026-03-02T09:00:00Z,,5,weather", "line 2: nobody says what weather is"),
    ],
)
def test_an_outage_that_cannot_be_is_refused(row: str, why: str) -> None:
    refused("csv", f"service,begins,ends,duration,kind\n{row}\n", why, kind="outages")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("a,b\n1,2\n", "it has no field id: name it in fields:"),
        ("id,title\n1,2\n", "it has no field created"),
        ("id,created\n1\n", "line 2: 1 fields where the header has 2"),
        ("id,created\n1,2026-03-02T09:00:00Z,3\n", "line 2: 3 fields"),
        ('id,created\n1,"2026-03-02T09:00', "it ends in the middle of a quoted field"),
        ('id,created\n1,"a"b\n', "line 2: "),
        ("id,created\n,2026-03-02T09:00:00Z\n", "line 2: a record has no id"),
        (f"id,created\n{'x' * 201},2026-03-02T09:00:00Z\n", "line 2: an id is too long"),
        ("id,created\n1,\n", "line 2: 1 has no stamp of its opening"),
        ("id,created\n1,2026-03-02 09:00\n", "line 2: .* a stamp without a time zone: state the"),
        ("id,created\n1,2026-03-02\n", "line 2: 2026-03-02 is a day without a time"),
        ("id,created\n1,yesterday\n", "line 2: yesterday is not an ISO 8601 stamp"),
        ("id,created\n1,1969-12-31T23:59:59Z\n", "line 2: .* before 1970"),
        ("id,created\n1,2200-01-01T00:00:00Z\n", "line 2: .* after 2199"),
        ("id,created\n1,9999-12-31T23:59:59-23:00\n", "line 2: .* not a credible stamp"),
        (
            "id,created\n1,2026-02-29T09:00:00Z\n",
            "line 2: 2026-02-29T09:00:00Z is not an ISO 8601 stamp",
        ),
        ("id,created\n1,\x002026-02-28T09:00:00Z\n", r"line 2: \\x002026"),
        ("id,created\n1,=1+1\n", r"line 2: =1\+1 is not an ISO 8601 stamp"),
        (
            "id,created\n1,\x1b[2J\u202e\n",
            r"line 2: \\x1b\[2J\\xe2\\x80\\xae is not an ISO 8601 stamp",
        ),
        ("i\0d,created\n", "it holds NUL: state its encoding"),
        (",".join(map(str, range(10_001))), "more than 10,000 columns"),
        ("a," * 1_000_000, "more than 10,000 columns"),
        ("id,created\n1" + "," * 1_000_000 + "1", "line 2: 1,000,001 fields"),
    ],
)
def test_what_cannot_be_believed_is_refused(text: str, why: str) -> None:
    refused("csv", text, why)


def test_a_local_time_that_is_not_one_moment_is_refused() -> None:
    def of(stamp: str) -> str:
        return f"id,created\n1,{stamp}\n"

    zone = {"timezone": "Europe/Berlin"}
    refused("csv", of("2026-10-25 02:30"), "line 2: .* occurs twice in Europe/Berlin", **zone)
    refused("csv", of("2026-03-29 02:30"), "line 2: .* does not exist in Europe/Berlin", **zone)
    for local, moment in (("2026-10-25 01:59:59", "2026-10-24 23:59:59"),
                          ("2026-10-25 03:00", "2026-10-25 02:00"),
                          ("2026-03-29 03:00", "2026-03-29 01:00"),
                          ("2026-10-25T02:30+02:00", "2026-10-25 00:30")):  # fmt: skip
        (ticket,) = read("csv", of(local), **zone)
        assert ticket.events[0].at == at(moment)


@pytest.mark.parametrize(
    "stamp",
    [
        "1772442900", "1772442900000", "2026-03-02 09:15:00 UTC", "2026-03-02T09:15:00.000+0000",
        "2026-03-02 10:15 +01:00",
    ],
)  # fmt: skip
def test_stamps_of_many_kinds_name_one_moment(stamp: str) -> None:
    (ticket,) = read("csv", f"id,created\n1,{stamp}\n")
    assert ticket.events[0].at == at("2026-03-02 09:15")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 20])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_lines_end_where_csv_says_wherever_a_part_of_the_file_ends(
    size: int, end: str, codec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "CHUNK", size)
    titles = ["a", "\u2028 \x0b", "\x1c\x85\x0c", f'"two{end}lines, ""ä"""', "", '"x\r\n\ry\n"']
    text = end.join(["id,title", *(f"{n},{title}" for n, title in enumerate(titles))])
    for whole in (text, text + end):
        file = io.BytesIO(whole.encode(codec))
        table = delimited.Delimited(file)
        expected = list(csv.reader(io.StringIO(whole, newline="")))
        assert [table.header, *table.rows()] == expected
        assert list(table.rows()) == expected[1:]  # from the beginning again


def test_two_encodings_in_one_file_are_refused() -> None:
    raw = "id,created,title\n1,2026-03-02T09:00:00Z,Möbel\n".encode()
    refused(
        "csv", raw + "2,2026-03-02T09:00:00Z,Möbel\n".encode("latin-1"), "is not UTF-8 after line 2"
    )
    refused("csv", raw, "encoding: rot13 is not an encoding that is read", encoding="rot13")
    refused("csv", raw, "encoding: utf-7 is not an encoding that is read", encoding="utf-7")


def test_hostile_texts_are_visible_and_cut() -> None:
    title = "<script>alert(1)</script>\t\x00\x1b[31m\u202e =cmd|' /C calc'!A0 " + "x" * 400
    (ticket,) = read("csv", f'id,created,title\n1,2026-03-02T09:00:00Z,"{title}"\n')
    assert ticket.title.startswith(r"<script>alert(1)</script> \x00\x1b[31m\xe2\x80\xae =cmd|'")
    assert len(ticket.title) == 300


def test_a_missing_quotation_mark_swallows_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST", 1_000)
    monkeypatch.setattr(delimited, "LONGEST_ROW", 5_000)
    row = "1,2026-03-02T09:00:00Z,x\n"
    refused("csv", 'id,created,title\n1,2026-03-02T09:00:00Z,"x\n' + row * 1_000, "too long")
    refused("csv", "id,created,title\n1,2026-03-02T09:00:00Z," + "x" * 2_000, "too long")
    # Short fields and short lines, but a row without end.
    refused("csv", "id,created,title\n1,2026-03-02T09:00:00Z," + '"\n",' * 5_000, "too long")
