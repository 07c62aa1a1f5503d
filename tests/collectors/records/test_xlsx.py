"""Spreadsheets: cells of all kinds, and files that are none or are bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from collectors.records.mapped import xlsx_file
from tests.collectors.records.exports import events, read, refused

STAMP = datetime(2026, 3, 2, 10, 15)
HEADER = ["id", "title", "created", "priority"]


def workbook(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    """A spreadsheet with these rows, and further sheets."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(raw: bytes, name: str, content: bytes) -> bytes:
    """The same file with another part in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


def test_a_row_is_a_record_whatever_stands_in_its_cells() -> None:
    rows = [17, "Printer", STAMP, 1], [18.0, "=HYPERLINK(1)", "2026-03-02T09:15:00Z", True]
    first, second = read("xlsx", workbook(HEADER, *rows, [], [None]), timezone="Europe/Berlin")
    assert (first.id, first.title) == ("17", "Printer")
    assert events(first) == [
        ("03-02 09:15", "created", "", "", ""),
        ("03-02 09:15", "priority", "1", "", ""),
    ]
    assert (second.id, second.title) == ("18", "=HYPERLINK(1)")
    assert second.events[0].at == first.events[0].at


def test_every_second_of_a_day_is_read_as_it_was_written() -> None:
    stamps = [
        datetime(2026, 3, 2, hour, minute, 59) for hour in range(24) for minute in (0, 29, 59)
    ]
    rows = [[number, "", stamp] for number, stamp in enumerate(stamps)]
    found = read("xlsx", workbook(HEADER, *rows), timezone="UTC")
    assert [ticket.events[0].at.replace(tzinfo=None) for ticket in found] == stamps


def test_a_sheet_is_chosen_by_its_name() -> None:
    raw = workbook(["nothing"], Tickets=[[], HEADER, [1, "x", STAMP, None]])
    (ticket,) = read("xlsx", raw, fields={"sheet": "Tickets"}, timezone="UTC")
    assert ticket.id == "1"
    refused("xlsx", raw, "it has no sheet Other", fields={"sheet": "Other"})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([1, "", STAMP], "row 2: .* a stamp without a time zone: state the source's timezone"),
        ([1, "", date(2026, 3, 2)], "row 2: 2026-03-02 is a day without a time"),
        ([1, "", "=NOW()"], r"row 2: =NOW\(\) is not an ISO 8601 stamp"),
        ([1, "", 46083.385], "row 2: 46083.385 is not a credible stamp"),
        ([1, ""], "row 2: 1 has no stamp of its opening"),
        ([None, "", STAMP], "row 2: a record has no id"),
        ([1, "", STAMP, "", "x"], "row 2: something stands beside the columns"),
    ],
)
def test_what_cannot_be_believed_is_refused(row: list[Any], why: str) -> None:
    refused("xlsx", workbook(HEADER, row), why)


def test_a_broken_file_is_refused() -> None:
    raw = workbook(HEADER, [1, "", STAMP])
    refused("xlsx", b"", "not an XLSX")
    refused("xlsx", b"id,created\n", "not an XLSX")
    refused("xlsx", raw[: len(raw) // 2], "not an XLSX")
    refused("xlsx", workbook(), "it is empty")
    sheet = "xl/worksheets/sheet1.xml"
    refused(
        "xlsx", repacked(raw, sheet, b"<worksheet><sheetData><row>"), "not a readable XLSX file"
    )
    refused("xlsx", repacked(raw, "xl/workbook.xml", b"<a/>"), "not a readable XLSX file")
    refused("xlsx", raw[:2_000] + b"\0" * 200 + raw[2_200:], "not a readable XLSX")


def test_bombs_do_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    raw, sheet = workbook(HEADER, [1, "", STAMP]), "xl/worksheets/sheet1.xml"
    lol = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    refused("xlsx", repacked(raw, sheet, lol), "it declares entities")
    refused("xlsx", repacked(raw, "xl/styles.xml", b" " * (xlsx_file.PART + 1)), "unpacks to more")
    monkeypatch.setattr(xlsx_file, "PARTS", 3)
    refused("xlsx", raw, "it has more than 3 parts")
    monkeypatch.undo()
    monkeypatch.setattr(xlsx_file, "ROWS", 1_000)
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>created</t></is></c></row>'
        b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    refused("xlsx", repacked(raw, sheet, far), "it has more than 1,000 rows")
