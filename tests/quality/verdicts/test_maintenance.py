"""Planned maintenance and agreed hours: what is left out, and what is down all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from tests.examples import table
from tests.operations import Operations
from tests.quality.verdicts.outages import DAY, HOUR, MAY, READ, TERMS, UP, level, planned


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


@pytest.mark.parametrize(
    ("row", "excused"),
    table(
        [
            (planned("2026-05-10 02:00:00", announced="2026-05-07 02:00:00"), 2),
            (planned("2026-05-10 02:00:00", announced="2026-05-07 02:00:01"), 0),
            (planned("2026-05-10 02:00:00"), 0),  # nobody says when
            (planned("2026-05-10 00:00:00", announced="2026-05-01 00:00:00"), 3),  # 3 h of 4
            (planned("2026-05-10 02:00:00", ends="", announced="2026-05-01 00:00:00"), 0),
        ],
        {0, 1, 3},
    ),
)
def test_maintenance_is_left_out_where_it_was_announced_in_time_and_up_to_the_limit(
    desk: Operations, row: str, excused: int
) -> None:
    desk.agreed(UP, more=TERMS)
    desk.came(READ, list=[row])
    good, of = desk.counted("2026-05")
    assert of == MAY - excused * HOUR
    begins = row.split(",")[3]
    lasts = MAY - 9 * DAY - 2 * HOUR if ",," in row and "2026-05-10 04" not in row else (
        4 * HOUR if "10 00" in begins else 2 * HOUR
    )  # fmt: skip
    assert good == MAY - lasts


def test_maintenance_without_terms_is_an_outage(desk: Operations) -> None:
    desk.agreed(UP)
    desk.came(READ, list=[planned("2026-05-10 02:00:00", announced="2026-05-01 00:00:00")])
    assert desk.counted("2026-05") == (MAY - 2 * HOUR, MAY)


@pytest.mark.slow
def test_what_was_read_without_it_shows_when_a_maintenance_was_announced_at_the_earliest(
    desk: Operations,
) -> None:
    """The record says that it was announced in time; the list of the day before did not have it."""
    desk.agreed(UP, more=TERMS)
    other = "1,billing,,2026-05-01 10:00:00,2026-05-01 11:00:00,,"
    desk.came("2026-05-09 00:00", list=[other])
    late = planned("2026-05-10 02:00:00", announced="2026-05-01 00:00:00")
    desk.came(READ, list=[other, late])
    assert desk.counted("2026-05") == (MAY - 2 * HOUR, MAY)


@pytest.mark.slow
def test_a_maintenance_that_takes_longer_than_announced_is_down_for_the_rest(
    desk: Operations,
) -> None:
    desk.agreed(UP, more=TERMS)
    desk.came("2026-05-05 00:00", list=[planned("2026-05-10 02:00:00", "2026-05-10 03:00:00")])
    other = "1,billing,,2026-05-01 10:00:00,2026-05-01 11:00:00,,"
    known = planned("2026-05-10 02:00:00", "2026-05-10 03:00:00")
    desk.came("2026-05-08 00:00", list=[known, other])
    longer = planned("2026-05-10 01:30:00", announced="2026-05-01 00:00:00")
    desk.came(READ, list=[longer, other])
    # only the hour that was known on the 5th is left out, of 2.5 hours
    assert desk.counted("2026-05") == (MAY - 9000, MAY - HOUR)


CALENDARS = (
    "calendars:\n"
    "  - {name: office, timezone: Europe/Berlin, hours: {mon-fri: ['08:00-18:00']}}\n"
    "  - {name: sundays, timezone: Europe/Berlin, hours: {sun: ['02:00-06:00']}}\n"
)


def test_only_the_hours_that_are_agreed_count(desk: Operations) -> None:
    """March 2026 in Berlin has 22 working days of 10 hours; clocks are set on the 29th."""
    desk.agreed(
        UP, timezone="Europe/Berlin",
        more=CALENDARS + "services: [{name: shop, hours: office}]\n",
    )  # fmt: skip
    desk.came("2026-04-01 06:00", list=[
        "1,shop,,2026-03-06 16:00:00,2026-03-09 07:30:00,,",  # Friday 17:00 to Monday 08:30
        "2,shop,,2026-03-30 05:30:00,2026-03-30 06:15:00,,",  # Monday 07:30 to 08:15, in summer
        "3,shop,,2026-03-21 09:00:00,2026-03-22 09:00:00,,",  # a weekend
    ])  # fmt: skip
    assert desk.counted("2026-03") == (220 * HOUR - 90 * 60 - 15 * 60, 220 * HOUR)
    for name, expected in (("outages", (2, 1)), ("longest_outage", (90 * 60, 1))):
        desk.agreed(level(name), timezone="Europe/Berlin",
                    more=CALENDARS + "services: [{name: shop, hours: office}]\n")  # fmt: skip
        assert desk.counted("2026-03") == expected  # over the weekend it is one outage


@pytest.mark.slow
def test_maintenance_is_left_out_inside_its_agreed_windows_only(desk: Operations) -> None:
    terms = "services: [{name: shop, maintenance: {hours: sundays}}]\n"
    desk.agreed(UP, timezone="Europe/Berlin", more=CALENDARS + terms)
    desk.came(READ, list=[
        # Sunday 01:30 to 04:30 in Berlin, and a Monday
        "1,shop,planned,2026-05-09 23:30:00,2026-05-10 02:30:00,2026-05-01 00:00:00,",
        "2,shop,planned,2026-05-11 00:30:00,2026-05-11 02:30:00,2026-05-01 00:00:00,",
    ])  # fmt: skip
    assert desk.counted("2026-05") == (MAY - 5 * HOUR, MAY - 9000)


def test_a_calendar_that_is_not_there_is_an_error(
    desk: Operations, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = "services: [{name: shop, hours: offices, maintenance: {hours: x}}]\n"
    path = desk.agreed(UP, more=CALENDARS + terms)
    assert run_command(["check", str(path)]) == 2
    said = capsys.readouterr().err
    assert 'services[0].hours: "offices" is not a known calendar; did you mean office?' in said
    assert "services[0].maintenance.hours" in said
