"""Availability and outages: every agreed second is up, down, missed or left out, and none twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples import table
from tests.operations import Operations
from tests.quality.verdicts.outages import DAY, HOUR, MAY, READ, UP


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


def test_seconds_of_nested_and_overlapping_outages_count_once(desk: Operations) -> None:
    desk.agreed(UP)
    desk.came(READ, list=[
        "1,shop,,2026-05-04 10:00:00,2026-05-04 11:00:00,,",
        "2,shop,,2026-05-04 10:20:00,2026-05-04 10:30:00,,",
        "3,shop,,2026-05-04 10:50:00,2026-05-04 11:15:30,,",
        "4,billing,,2026-05-05 10:00:00,2026-05-05 11:00:00,,",
    ])  # fmt: skip
    assert desk.counted("2026-05") == (MAY - 4530, MAY)
    verdict = desk.judged("2026-05")
    assert verdict.outcome == "failed"  # 4,530 of 2,678,400 seconds are 0.169 %
    assert verdict.parts[:2] == (("seconds down", 4530), ("seconds up", MAY - 4530))
    assert verdict.interval is None


@pytest.mark.slow
def test_99_999_percent_of_a_quarter_is_78_seconds(desk: Operations) -> None:
    exact = "{id: A, class: critical, indicator: service.availability, service: shop, "
    desk.agreed(f"{exact}minimum: 99.999}}", period="quarter")
    for seconds, outcome in ((78, "met"), (79, "failed")):
        ends = f"2026-05-04 10:01:{seconds - 60}"
        desk.came(
            f"2026-07-0{seconds % 10 - 6} 06:00", list=[f"1,shop,,2026-05-04 10:00:00,{ends},,"]
        )
        if seconds == 78:
            assert desk.judged("2026-Q2").outcome == outcome
    other = Operations(desk.folder / "other")
    other.folder.mkdir()
    other.agreed(f"{exact}minimum: 99.999}}", period="quarter")
    other.came("2026-07-02 06:00", list=["1,shop,,2026-05-04 10:00:00,2026-05-04 10:01:19,,"])
    assert other.counted("2026-Q2") == (91 * DAY - 79, 91 * DAY)
    assert other.judged("2026-Q2").outcome == "failed"


def test_a_month_in_which_clocks_change_is_an_hour_shorter(desk: Operations) -> None:
    desk.agreed(UP, timezone="Europe/Berlin")
    desk.came("2026-04-01 06:00", list=["1,shop,,2026-03-31 21:00:00,2026-03-31 23:00:00,,"])
    # March ends at 22:00 UTC, and has 23 hours on its 29th
    assert desk.counted("2026-03") == (MAY - HOUR - HOUR, MAY - HOUR)


def test_an_outage_over_the_end_of_a_period_counts_in_both_and_once(desk: Operations) -> None:
    desk.agreed(UP)
    desk.came("2026-05-01 06:00", list=["1,shop,,2026-04-30 22:00:00,2026-05-01 03:00:00,,"])
    desk.came(READ, list=["1,shop,,2026-04-30 22:00:00,2026-05-01 03:00:00,,"] * 1 + [
        "2,shop,,2026-05-31 23:00:00,2026-06-01 05:00:00,,",
    ])  # fmt: skip
    assert desk.counted("2026-04") == (30 * DAY - 2 * HOUR, 30 * DAY)
    assert desk.counted("2026-05") == (MAY - 4 * HOUR, MAY)


@pytest.mark.slow
def test_an_outage_that_lasts_counts_to_the_end_or_to_what_was_said_last(desk: Operations) -> None:
    desk.agreed(UP)
    desk.came("2026-05-02 12:00", list=["1,shop,,2026-05-02 10:00:00,,,"])
    assert desk.counted("2026-05") == (DAY + 10 * HOUR, DAY + 12 * HOUR)  # to date
    desk.came(
        "2026-05-03 00:00",
        list=[
            "1,shop,,2026-05-02 10:00:00,,,",
        ],
    )
    desk.now = desk.now.replace(month=6)
    desk.came(READ, list=["1,shop,,2026-05-02 10:00:00,,,", "2,x,,2026-05-02 10:00:00,,,"])
    assert desk.counted("2026-05") == (DAY + 10 * HOUR, MAY)


@pytest.mark.slow
def test_names_are_matched_whatever_their_case_and_by_patterns(desk: Operations) -> None:
    desk.agreed(UP, more="services: [{name: shop, named: ['web-*']}]\n")
    rows = [f"{n},{name},,2026-05-0{n} 10:00:00,2026-05-0{n} 11:00:00,,"
            for n, name in enumerate(("Shop", "WEB-1", "web", "shops"), 1)]  # fmt: skip
    desk.came(READ, list=rows)
    assert desk.counted("2026-05") == (MAY - 2 * HOUR, MAY)


def test_causes_that_the_contract_names_are_left_out_unless_another_outage_lies_over_them(
    desk: Operations,
) -> None:
    desk.agreed(UP, more="services: [{name: shop, not_counted: ['customer*']}]\n")
    desk.came(READ, list=[
        "1,shop,,2026-05-04 10:00:00,2026-05-04 12:00:00,,Customer's firewall",
        "2,shop,,2026-05-04 11:30:00,2026-05-04 13:00:00,,disk full",
    ])  # fmt: skip
    assert desk.counted("2026-05") == (MAY - 3 * HOUR, MAY - 90 * 60)
    assert ("seconds of outages that do not count", 5400) in desk.judged("2026-05").parts


EVENT = """\
format: workmanship.events/1
contract: OPS
entries:
  - id: E-1
    kind: excused_event
    cause: {cause}
    from: {first}
    to: {last}
    service_levels: all
    {more}
    reason: The line of the customer was cut.
    raised_by: supplier
    approved_by:
      customer: {{name: Carla, date: {last}}}
      supplier: {{name: Sam, date: {last}}}
"""


def excuse(
    desk: Operations, first: str, last: str, more: str = "", cause: str = "customer"
) -> None:
    text = EVENT.format(first=first, last=last, more=more or "evidence: ticket 7", cause=cause)
    (desk.folder / "ops.events.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("more", "down", "of"),
    table(
        [
            ("", 2 * HOUR, MAY - HOUR),
            ("services: [shop]", 2 * HOUR, MAY - HOUR),
            ("services: [billing]", 3 * HOUR, MAY),
            ("records: ['2']", HOUR, MAY - 2 * HOUR),
            ("defects: ['2']", 3 * HOUR, MAY),
        ],
        {1, 3},
    ),
)
def test_an_entry_of_the_ledger_takes_outages_out_by_time_service_and_id(
    desk: Operations, more: str, down: int, of: int
) -> None:
    desk.agreed(UP)
    desk.came(READ, list=[
        "1,shop,,2026-05-04 10:00:00,2026-05-04 11:00:00,,",
        "2,shop,,2026-05-06 10:00:00,2026-05-06 12:00:00,,",
    ])  # fmt: skip
    excuse(desk, "2026-05-04", "2026-05-05", more, cause="third_party")
    verdict = desk.judged("2026-05")
    assert verdict.measured
    assert (of - verdict.measured.numerator, verdict.measured.denominator) == (down, of)
    bare = verdict.without or verdict
    assert bare.measured
    assert bare.measured.numerator == MAY - 3 * HOUR


def test_a_period_that_an_entry_takes_out_as_a_whole_is_excused(desk: Operations) -> None:
    desk.agreed(UP)
    desk.came(READ, list=["1,shop,,2026-05-04 10:00:00,2026-05-14 11:00:00,,"])
    excuse(desk, "2026-05-01", "2026-05-31")
    assert desk.judged("2026-05").outcome == "excused"
