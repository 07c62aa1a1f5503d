"""Periods: calendar windows cut to the term, and the instant at which they are over."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.contract.periods import (
    default_period,
    parse_period,
    parse_range,
    period_end_instant,
    periods,
    today_in,
)
from quality.errors import UsageError
from quality.model.verdict import Period


@dataclass(frozen=True)
class Term:
    starts: date
    ends: date
    period: Literal["quarter", "month"] = "quarter"


TWO_YEARS = Term(date(2026, 2, 15), date(2027, 11, 30))
TODAY = date(2026, 9, 30)


def ids(found: tuple[Period, ...]) -> list[str]:
    return [period.id for period in found]


def test_quarters_are_cut_to_the_term():
    assert periods(TWO_YEARS, date(2028, 5, 1)) == (
        Period("2026-Q1", date(2026, 2, 15), date(2026, 3, 31), False),
        Period("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), False),
        Period("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), False),
        Period("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), False),
        Period("2027-Q1", date(2027, 1, 1), date(2027, 3, 31), False),
        Period("2027-Q2", date(2027, 4, 1), date(2027, 6, 30), False),
        Period("2027-Q3", date(2027, 7, 1), date(2027, 9, 30), False),
        Period("2027-Q4", date(2027, 10, 1), date(2027, 11, 30), False),
    )


def test_months_over_a_leap_february_and_new_year():
    term = Term(date(2027, 12, 31), date(2028, 3, 1), "month")
    assert periods(term, date(2028, 3, 1)) == (
        Period("2027-12", date(2027, 12, 31), date(2027, 12, 31), False),
        Period("2028-01", date(2028, 1, 1), date(2028, 1, 31), False),
        Period("2028-02", date(2028, 2, 1), date(2028, 2, 29), False),
        Period("2028-03", date(2028, 3, 1), date(2028, 3, 1), True),
    )


def test_a_period_is_to_date_through_its_last_day():
    assert periods(TWO_YEARS, date(2026, 9, 30))[-1].to_date
    assert ids(periods(TWO_YEARS, date(2026, 9, 30))) == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert [period.to_date for period in periods(TWO_YEARS, date(2026, 10, 1))] == [
        False,
        False,
        False,
        True,
    ]
    assert periods(TWO_YEARS, date(2026, 2, 14)) == ()


DAYS = st.dates(date(1970, 1, 1), date(2199, 12, 31))


@given(
    starts=DAYS, length=st.integers(0, 4000), kind=st.sampled_from(["quarter", "month"]), today=DAYS
)
def test_periods_tile_the_term(starts, length, kind, today):
    ends = min(starts + timedelta(days=length), date(2199, 12, 31))
    term = Term(starts, ends, kind)
    every = periods(term, date(2200, 1, 1))
    assert every[0].start == starts
    assert every[-1].end == ends
    for before, after in pairwise(every):
        assert before.start <= before.end
        assert after.start == before.end + timedelta(days=1)
        assert before.id < after.id
    begun = periods(term, today)
    assert ids(begun) == ids(every)[: len(begun)]
    assert all(period.to_date == (period.end >= today) for period in begun)
    assert sum(period.to_date for period in begun) <= 1
    for period in begun:
        assert parse_period(period.id, term, today) == period
    if begun:
        assert parse_range(f"{begun[0].id}..{begun[-1].id}", term, today) == begun


def end_of(day: date, timezone: str) -> str:
    return period_end_instant(Period("x", day, day, False), timezone).isoformat()


@pytest.mark.parametrize(
    ("day", "timezone", "instant"),
    [
        (date(2026, 3, 31), "UTC", "2026-04-01T00:00:00+00:00"),
        (date(2026, 3, 31), "Europe/Berlin", "2026-03-31T22:00:00+00:00"),  # summer time
        (date(2026, 12, 31), "Europe/Berlin", "2026-12-31T23:00:00+00:00"),
        (date(2026, 12, 31), "Pacific/Kiritimati", "2026-12-31T10:00:00+00:00"),  # UTC+14
        (date(2026, 6, 30), "Asia/Kathmandu", "2026-06-30T18:15:00+00:00"),  # UTC+5:45
        # midnight of 2018-11-04 did not exist: clocks went from 00:00 to 01:00
        (date(2018, 11, 3), "America/Sao_Paulo", "2018-11-04T03:00:00+00:00"),
        # the hour before midnight of 2018-02-18 came twice: the day was 25 hours long
        (date(2018, 2, 17), "America/Sao_Paulo", "2018-02-18T03:00:00+00:00"),
        # midnight of 2024-11-03 came twice: the first ends the day before
        (date(2024, 11, 2), "America/Havana", "2024-11-03T04:00:00+00:00"),
        # 2011-12-30 never came in Samoa
        (date(2011, 12, 29), "Pacific/Apia", "2011-12-30T10:00:00+00:00"),
    ],
)
def test_a_period_ends_at_midnight_of_its_time_zone(day, timezone, instant):
    assert end_of(day, timezone) == instant


@given(
    day=st.dates(date(1971, 1, 1), date(2036, 12, 31)),
    timezone=st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
         "Asia/Tehran", "Africa/Cairo", "UTC"]
    ),
)  # fmt: skip
def test_the_local_day_changes_at_that_instant(day, timezone):
    instant = period_end_instant(Period("x", day, day, False), timezone)
    assert instant.tzinfo is UTC
    zone = ZoneInfo(timezone)
    assert (instant - timedelta(microseconds=1)).astimezone(zone).date() <= day
    assert instant.astimezone(zone).date() > day


def test_today_is_another_day_elsewhere():
    now = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    assert today_in("UTC", now) == date(2026, 3, 31)
    assert today_in("Europe/Berlin", now) == date(2026, 4, 1)


def test_the_default_is_the_last_finished_period():
    assert default_period(periods(TWO_YEARS, TODAY)).id == "2026-Q2"
    assert default_period(periods(TWO_YEARS, date(2030, 1, 1))).id == "2027-Q4"
    first = default_period(periods(TWO_YEARS, date(2026, 3, 31)))
    assert (first.id, first.to_date) == ("2026-Q1", True)
    with pytest.raises(UsageError, match="has begun"):
        default_period(())


def test_a_period_is_named():
    assert parse_period("2026-q2", TWO_YEARS, TODAY).start == date(2026, 4, 1)
    assert parse_period("2026-Q3", TWO_YEARS, TODAY).to_date


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026", "'2026' is not a period: write 2026-Q1 (quarter) or 2026-01 (month)"),
        ("2026-Q5", "'2026-Q5' is not a period: write 2026-Q1 (quarter) or 2026-01 (month)"),
        ("2026-13", "'2026-13' is not a period: write 2026-Q1 (quarter) or 2026-01 (month)"),
        ("\x1b[2J", r"'\x1b[2J' is not a period: write 2026-Q1 (quarter) or 2026-01 (month)"),
        ("2026-05", "2026-05: the contract is judged by the quarter, so name one as 2026-Q1"),
        ("2025-Q4", "period 2025-Q4 lies before the contract starts: its term is 2026-02-15 to "
         "2027-11-30"),
        ("2028-Q1", "period 2028-Q1 lies after the contract ends: its term is 2026-02-15 to "
         "2027-11-30"),
        ("2026-Q4", "period 2026-Q4 has not begun: it starts on 2026-10-01"),
    ],
)  # fmt: skip
def test_a_wrong_period_says_why(text, message):
    with pytest.raises(UsageError) as caught:
        parse_period(text, TWO_YEARS, TODAY)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-Q1..2026-Q2", ["2026-Q1", "2026-Q2"]),
        ("2026-Q2", ["2026-Q2"]),
        ("2020-Q1..2030-Q4", ["2026-Q1", "2026-Q2", "2026-Q3"]),
        ("2026-06..2026-07", ["2026-Q2", "2026-Q3"]),  # months, for contracts of both kinds
    ],
)
def test_a_range_of_periods(text, expected):
    assert ids(parse_range(text, TWO_YEARS, TODAY)) == expected


def test_a_range_of_quarters_names_months():
    term = Term(date(2026, 2, 1), date(2026, 12, 31), "month")
    assert ids(parse_range("2026-Q1", term, TODAY)) == ["2026-02", "2026-03"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-Q2..2026-Q1", "periods 2026-Q2..2026-Q1: the first comes after the last: swap "
         "them"),
        ("2024-Q1..2025-Q4", "periods 2024-Q1..2025-Q4: the contract has none of them; so far it "
         "has 2026-Q1..2026-Q3"),
        ("2026-Q1..", "'' is not a period: write 2026-Q1 (quarter) or 2026-01 (month)"),
        ("2026-Q1-2026-Q2", "'2026-Q1-2026-Q2' is not a period: write 2026-Q1 (quarter) or "
         "2026-01 (month)"),
    ],
)  # fmt: skip
def test_a_wrong_range_says_why(text, message):
    with pytest.raises(UsageError) as caught:
        parse_range(text, TWO_YEARS, TODAY)
    assert str(caught.value) == message
