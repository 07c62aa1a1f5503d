"""Holidays in iCalendar: those of one year, those of every year, and files that are none."""

from __future__ import annotations

import io
from datetime import date

import pytest

from collectors.records import icalendar
from collectors.records.text import UnreadableError


def calendar(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}END:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n".encode()


def event(*lines: str) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def days(raw: bytes, first: str = "2026-01-01", last: str = "2026-12-31") -> list[tuple[str, str]]:
    found = icalendar.holidays(io.BytesIO(raw), date.fromisoformat(first), date.fromisoformat(last))
    return [(f"{day:%Y-%m-%d}", name) for day, name in found]


def yearly(start: str, rule: str, first: str = "2025-01-01", last: str = "2028-12-31") -> list[str]:
    lines = event(f"DTSTART;VALUE=DATE:{start}", f"RRULE:FREQ=YEARLY{rule}", "SUMMARY:x")
    return [day for day, _ in days(calendar(lines), first, last)]


def test_a_day_and_several_in_a_row() -> None:
    raw = calendar(
        event("UID:1", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227",
              "SUMMARY;LANGUAGE=en:Christmas\\, two days"),
        event("UID:2", "DTSTART;VALUE=DATE:20260101", "SUMMARY:New", "BEGIN:VALARM",
              "TRIGGER:-PT1H", "DTSTART:nonsense", "END:VALARM"),
        event("DTSTART;VALUE=DATE:20261231", "DURATION:P2D", "SUMMARY:Turn of",
              "  the year"),
        event("DTSTART;VALUE=DATE:20260606", "DTEND:20260606T235900", "SUMMARY:All day"),
        event("DTSTART;TZID=\"Europe/Berlin\":20260501T000000", "DTEND:20260502T000000",
              "SUMMARY:May"),
    )  # fmt: skip
    assert days(raw) == [
        ("2026-01-01", "New"),
        ("2026-05-01", "May"),
        ("2026-06-06", "All day"),
        ("2026-12-25", "Christmas, two days"),
        ("2026-12-26", "Christmas, two days"),
        ("2026-12-31", "Turn of the year"),
    ]
    assert days(raw, "2027-01-01", "2027-12-31") == [("2027-01-01", "Turn of the year")]
    assert icalendar.read(io.BytesIO(raw)).last == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("start", "rule", "found"),
    [
        ("20251225", "", ["2025-12-25", "2026-12-25", "2027-12-25", "2028-12-25"]),
        ("20240229", "", ["2028-02-29"]),
        ("20251225", ";COUNT=2", ["2025-12-25", "2026-12-25"]),
        ("20251225", ";UNTIL=20271224", ["2025-12-25", "2026-12-25"]),
        ("20251225", ";UNTIL=20271225T000000Z", ["2025-12-25", "2026-12-25", "2027-12-25"]),
        ("20241225", ";INTERVAL=2", ["2026-12-25", "2028-12-25"]),
        # Thanksgiving: the fourth Thursday of November.
        ("20251127", ";BYMONTH=11;BYDAY=4TH",
         ["2025-11-27", "2026-11-26", "2027-11-25", "2028-11-23"]),
        # Memorial Day: the last Monday of May.
        ("20250526", ";BYMONTH=5;BYDAY=-1MO",
         ["2025-05-26", "2026-05-25", "2027-05-31", "2028-05-29"]),
        # Victoria Day: the Monday from 18 to 24 May.
        ("20250519", ";BYMONTH=5;BYDAY=MO;BYMONTHDAY=18,19,20,21,22,23,24",
         ["2025-05-19", "2026-05-18", "2027-05-24", "2028-05-22"]),
        # Buss- und Bettag: the Wednesday from 16 to 22 November.
        ("20251119", ";BYMONTH=11;BYDAY=WE;BYMONTHDAY=16,17,18,19,20,21,22",
         ["2025-11-19", "2026-11-18", "2027-11-17", "2028-11-22"]),
        ("20250131", ";BYMONTHDAY=-1;COUNT=3", ["2025-01-31", "2025-02-28", "2025-03-31"]),
        ("20251226", ";BYMONTH=12;BYMONTHDAY=25,26;BYSETPOS=-1",
         ["2025-12-26", "2026-12-26", "2027-12-26", "2028-12-26"]),
        ("20250106", ";BYDAY=1MO;UNTIL=20270101", ["2025-01-06", "2026-01-05"]),
    ],
)  # fmt: skip
def test_a_day_of_every_year(start: str, rule: str, found: list[str]) -> None:
    assert yearly(start, rule) == found


def test_days_are_left_out_added_moved_and_cancelled() -> None:
    raw = calendar(
        event("UID:a", "DTSTART;VALUE=DATE:20250610", "RRULE:FREQ=YEARLY", "SUMMARY:Founding",
              "EXDATE;VALUE=DATE:20260610", "RDATE;VALUE=DATE:20260612,20290101"),
        event("UID:a", "RECURRENCE-ID;VALUE=DATE:20270610", "DTSTART;VALUE=DATE:20270611",
              "SUMMARY:Founding, moved"),
        event("UID:b", "DTSTART;VALUE=DATE:20260701", "STATUS:CANCELLED", "SUMMARY:Never"),
    )  # fmt: skip
    assert days(raw, "2025-01-01", "2028-12-31") == [
        ("2025-06-10", "Founding"),
        ("2026-06-12", "Founding"),
        ("2027-06-11", "Founding, moved"),
        ("2028-06-10", "Founding"),
    ]
    assert icalendar.read(io.BytesIO(raw)).last is None


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "it has no event"),
        (b"<html>", "line 1: not a property"),
        (b"a:b\n", "line 1: this is not an iCalendar file"),
        (calendar(), "it has no event"),
        (calendar(event("DTSTART;VALUE=DATE:20260101"))[:-16], "it ends in the middle"),
        (calendar(event("SUMMARY:x")), "line 3: an event without a credible DTSTART"),
        (calendar(event("DTSTART:20261224T120000")), "line 4: 20261224T120000 is within a day"),
        (calendar(event("DTSTART:20261224T000000", "DTEND:20261224T120000")), "ends within a day"),
        (calendar(event("DTSTART:20261224T000000Z")), "line 4: .* is within a day"),
        (calendar(event("DTSTART;VALUE=DATE:20260230")), "line 4: 20260230 is not a date"),
        (calendar(event("DTSTART;VALUE=DATE:2026-02-03")), "line 4: 2026-02-03 is not a date"),
        (calendar(event("DTEND:20260203T000000", "DTSTART:20260204T000000")), "ends before it"),
        (calendar(event("DTSTART;VALUE=DATE:18991231")), "line 3: an event without a credible"),
        (calendar(event("DTSTART;VALUE=DATE:20260101", "DURATION:PT3H")), "line 5: PT3H is no"),
        (calendar(event("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20280101")), "after 366"),
        (calendar(event("DTSTART;VALUE=DATE:20260101", "EXRULE:FREQ=YEARLY")), "line 5: EXRULE"),
        (b"BEGIN:VCALENDAR\nEND:VEVENT\n", "line 2: something ends that did not begin"),
        (b"BEGIN:VEVENT\n", "line 1: this is not a calendar of holidays"),
        (b"BEGIN:VCALENDAR\n" * 9, "line 9: this is not a calendar"),
        (calendar(event("DTSTART;VALUE=DATE:20260101"))[:-40] + b"\xf6", "is not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_of_holidays_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        days(raw)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=SECONDLY", "line 5: a rule that is not yearly"),
        ("FREQ=WEEKLY;BYDAY=SA", "weekdays belong in the calendar"),
        ("FREQ=YEARLY;BYWEEKNO=1", "the rule has BYWEEKNO=1, which is not read"),
        ("FREQ=YEARLY;FREQ=YEARLY", "which is not read"),
        ("FREQ=YEARLY;INTERVAL=0", "the rule has 0 as a number"),
        ("FREQ=YEARLY;COUNT=99999999", "as a number"),
        ("FREQ=YEARLY;BYMONTH=13", "the rule has 13 as a number"),
        ("FREQ=YEARLY;BYDAY=XX", "the rule has XX as a weekday"),
        ("FREQ=YEARLY;UNTIL=soon", "until SOON, no date"),
    ],
)
def test_a_rule_that_is_not_read_is_an_error(rule: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        days(calendar(event("DTSTART;VALUE=DATE:20260101", f"RRULE:{rule}")))


def test_hostile_names_are_visible() -> None:
    raw = calendar(event("DTSTART;VALUE=DATE:20260101", "SUMMARY:<b>\x1b[31m\\n\u202e" + "x" * 400))
    ((_, name),) = days(raw)
    assert name.startswith(r"<b>\x1b[31m \xe2\x80\xae")
    assert len(name) == 200
