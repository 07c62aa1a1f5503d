"""Calendars, held against a count of minutes by the clock on the wall, whenever it is set."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.contract import Contract
from quality.contract.sections.calendars import DAYS, Calendar
from quality.support.calendars import stretches
from quality.support.intervals import length
from tests.examples import examples
from tests.quality.contracts import parse, problems, small

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
         "Pacific/Auckland", "Africa/Casablanca", "America/Santiago")  # fmt: skip


def calendar(zone: str, hours: dict[str, tuple[str, ...]], **more: object) -> Calendar:
    return Calendar.model_validate({"name": "c", "timezone": zone, "hours": hours, **more})


def seconds(text: str, zone: str = "UTC") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def by_minutes(versions: list[Calendar], begins: int, ends: int) -> set[int]:
    """The minutes that count, one by one."""
    found = set()
    for version, after in zip(versions, [*versions[1:], None], strict=True):
        zone, spans = ZoneInfo(version.timezone), version.spans
        for moment in range(begins, ends, 60):
            wall = datetime.fromtimestamp(moment, zone)
            day, since = wall.date(), 3600 * wall.hour + 60 * wall.minute
            if version.effective and day < version.effective:
                continue
            if after and after.effective and day >= after.effective:
                continue
            if day in version.holidays:
                continue
            if any(one <= since < other for one, other in spans[day.weekday()]):
                found.add(moment)
    return found


times = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{15 * (quarter % 4):02}")


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, ...]:
    marks = sorted(draw(st.sets(times, max_size=6)))
    marks += ["24:00"] * (len(marks) % 2)
    return tuple(f"{one}-{other}" for one, other in zip(marks[::2], marks[1::2], strict=True))


@st.composite
def calendars(draw: st.DrawFn, first: date) -> list[Calendar]:
    days = st.integers(0, 9).map(lambda n: first + timedelta(days=n))
    found = []
    for effective in [None, *sorted(draw(st.sets(days, max_size=1)))]:
        hours = {day: draw(spans()) for day in DAYS} | {"mon": ("00:30-23:15",)}
        more = {"effective": effective.isoformat()} if effective else {}
        holidays = tuple(sorted(each.isoformat() for each in draw(st.sets(days, max_size=2))))
        found.append(calendar(draw(st.sampled_from(ZONES)), hours, holidays=holidays, **more))
    return found


CHANGES = (date(2026, 3, 27), date(2026, 10, 23), date(2026, 3, 5), date(2026, 4, 2),
           date(2026, 2, 12), date(2026, 9, 1), date(2024, 2, 26))  # fmt: skip


@examples(40)  # each counts 11,520 minutes
@given(st.data(), st.sampled_from(CHANGES))
def test_every_minute_counts_as_the_clock_on_the_wall_says(
    data: st.DataObject, first: date
) -> None:
    versions = data.draw(calendars(first))
    begins = seconds(first.isoformat())
    ends = begins + 8 * 86400
    found = stretches(versions, begins, ends)
    minutes = by_minutes(versions, begins, ends)
    assert length(found) == 60 * len(minutes)
    assert {moment for one, other in found for moment in range(one, other, 60)} == minutes


def test_a_night_in_which_clocks_are_set_has_an_hour_less_or_more() -> None:
    always = calendar("Europe/Berlin", {"mon-sun": ("00:00-24:00",)})
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)):
        begins = seconds(day, "Europe/Berlin")
        assert length(stretches([always], begins, begins + hours * 3600)) == hours * 3600
    night = calendar("Europe/Berlin", {"sun": ("02:00-03:00",)})
    spring, autumn = seconds("2026-03-28"), seconds("2026-10-24")
    assert stretches([night], spring, spring + 3 * 86400) == []  # the hour is skipped
    assert length(stretches([night], autumn, autumn + 3 * 86400)) == 2 * 3600  # and comes twice


def test_a_calendar_that_is_none_counts_all_time() -> None:
    assert stretches([], 5, 9) == [(5, 9)]
    assert stretches([], 9, 5) == []


def test_a_version_holds_until_the_next_one() -> None:
    before = calendar("UTC", {"mon-fri": ("09:00-17:00",)})
    after = calendar("UTC", {"mon-fri": ("08:00-12:00",)}, effective="2026-07-02")
    begins = seconds("2026-07-01")  # a Wednesday
    assert stretches([after, before], begins, begins + 2 * 86400) == [
        (seconds("2026-07-01 09:00"), seconds("2026-07-01 17:00")),
        (seconds("2026-07-02 08:00"), seconds("2026-07-02 12:00")),
    ]


# ---------------------------------------------------------------- in the contract


def contract(*calendars: str) -> Contract:
    return parse(
        small(("gate:", "calendars:\n" + "".join(f"  - {c}\n" for c in calendars) + "gate:"))
    )


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ("{mon-fri: [22:00-06:00]}", "is not a time range: write 09:00-17:30"),
        ("{mon-fri: [9-17]}", "is not a time range"),
        ("{mon-fri: [00:00-24:01]}", "is not a time range"),
        ("{mon-fri: [09:00-12:00, 11:00-17:00]}", "has ranges that overlap"),
        ("{monday: [09:00-17:00]}", '"monday" names no days: write mon, or mon-fri'),
        ("{mon-fri: [09:00-17:00], wed: [09:00-12:00]}", "names wed twice"),
        ("{mon: []}", "has no hours: nothing would ever be due"),
    ],
)
def test_hours_that_cannot_be_are_told(hours: str, message: str) -> None:
    text = f"calendars:\n  - {{name: c, timezone: UTC, hours: {hours}}}\ngate:"
    (problem,) = problems(small(("gate:", text)))
    assert message in problem


def test_days_over_the_end_of_the_week_are_understood() -> None:
    (found,) = contract("{name: c, timezone: UTC, hours: {sat-mon: [10:00-12:00]}}").calendars
    assert [bool(each) for each in found.spans] == [True, False, False, False, False, True, True]


def test_two_versions_need_days_of_their_own() -> None:
    one = "{name: c, timezone: UTC, hours: {mon: [09:00-17:00]}}"
    (problem,) = problems(small(("gate:", f"calendars:\n  - {one}\n  - {one}\ngate:")))
    assert "has two versions without effective: give each its first day" in problem
