"""Availability and outages: every agreed second is up, down, missed or left out, and none twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from quality.model.canonical import decode, encode
from quality.model.verdict import Verdict
from tests.examples import table
from tests.helpdesk import moment
from tests.operations import Operations

UP = "{id: A, class: critical, indicator: service.availability, service: shop, minimum: 99.9}"
HOUR, DAY = 3600, 86400
MAY = 31 * DAY
READ = "2026-06-01 06:00"


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


def level(indicator: str, **more: object) -> str:
    keys = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{id: A, class: key, indicator: service.{indicator}, service: shop{keys}}}"


# ---------------------------------------------------------------- lists of outages


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


# ---------------------------------------------------------------- maintenance


def planned(at: str, ends: str = "2026-05-10 04:00:00", announced: str = "") -> str:
    return f"M,shop,maintenance,{at},{ends},{announced},"


TERMS = "services: [{name: shop, maintenance: {at_most: 3 h, announced: 72 h}}]\n"


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


# ---------------------------------------------------------------- causes and relief


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


# ---------------------------------------------------------------- probes


def probes() -> list[str]:
    """Results of May, each ten minutes one that says up."""
    begin = moment("2026-05-01 00:00")
    stamps = (begin + timedelta(seconds=seconds) for seconds in range(0, MAY, 600))
    return [f"shop,{stamp:%Y-%m-%d %H:%M},1" for stamp in stamps]


WATCH = "watch probes {} interval: 600 s"


@pytest.mark.parametrize(
    ("by", "missing", "gap", "count", "outcome"),
    table(
        [
            ("supplier", "", 200, (MAY - 13800, MAY), "failed"),
            ("customer", "", 200, (MAY - 13800, MAY - 12000), "met"),
            ("customer", "", 600, None, "unknown"),
            ("supplier", "", 600, None, "unknown"),
            ("supplier", ", missing: failed", 600, None, "failed"),
        ],
        {0, 1, 2},
    ),
)
def test_what_nobody_probed_is_not_up(
    desk: Operations, by: str, missing: str, gap: int, count: tuple[int, int] | None, outcome: str
) -> None:
    """30 minutes down, and a gap: below 1 % (446 minutes) it is left out, or down where the
    supplier owes the probes; above, nobody knows the availability."""
    desk.agreed(UP, sources=WATCH.format(by) + missing)
    whole = probes()
    rows = [*whole[:100], *(row[:-1] + "0" for row in whole[100:103]), *whole[103 + gap // 10 :]]
    desk.came(READ, watch=rows)
    verdict = desk.judged("2026-05")
    found = verdict.measured
    assert (found and (found.numerator, found.denominator), verdict.outcome) == (count, outcome)
    if count is None:
        assert verdict.reason == (
            "nobody probed shop for 36,000 of 2,678,400 agreed seconds (1.34 %); 1 % may be missing"
        )


def test_a_service_that_nobody_probes_is_unknown(desk: Operations) -> None:
    desk.agreed(UP, sources=WATCH.format("customer"))
    desk.came(READ, watch=["billing,2026-05-01 00:00:00,1"])
    assert desk.judged("2026-05").outcome == "unknown"


def test_down_is_down_whoever_of_list_and_probes_says_so(desk: Operations) -> None:
    desk.agreed(UP, sources="list outages supplier; " + WATCH.format("customer"))
    rows = probes()
    rows[10] = rows[10][:-1] + "0"  # 01:40 to 01:50
    listed = ["1,shop,,2026-05-01 01:45:00,2026-05-01 02:00:00,,"]
    desk.came(READ, list=listed, watch=rows)
    assert desk.counted("2026-05") == (MAY - 1200, MAY)


def test_requests_are_counted_where_they_are_measured(desk: Operations) -> None:
    desk.agreed(
        level("availability", measure="requests", minimum=99),
        sources="watch probes customer interval: 15 min",
        more="services: [{name: shop, missing_at_most: 100}]\n",
    )
    desk.write(
        "watch",
        ["shop,2026-05-01 00:00:00,1000,10", "shop,2026-05-01 00:15:00,1000,30",
         "shop,2026-04-30 23:45:00,500,500"],
        READ,
        "service,at,total,failed",
    )  # fmt: skip
    file = desk.folder / "watch.csv"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([lines[0], *sorted(lines[1:])]), "utf-8")
    desk.take_in(READ)
    assert desk.counted("2026-05") == (1960, 2000)
    verdict = desk.judged("2026-05")
    assert verdict.parts == (("failed requests", 40), ("good requests", 1960))
    # Wilson, by hand: (0.98 + 1.9207/2000 -+ 1.96 sqrt(0.0196/2000 + 0.9604/4000000)) / 1.0019207
    assert verdict.interval
    assert [f"{each:.2f}" for each in verdict.interval] == ["97.29", "98.53"]


# ---------------------------------------------------------------- outages


ROWS = [
    "1,shop,,2026-04-30 22:00:00,2026-05-01 01:00:00,,",  # 3 h, over the beginning
    "2,shop,,2026-05-04 10:00:00,2026-05-04 10:30:00,,",
    "3,shop,,2026-05-04 10:40:00,2026-05-04 11:00:00,,",  # 10 minutes later
    "4,shop,,2026-05-31 23:30:00,2026-06-01 05:00:00,,",  # half an hour, not over
]


@pytest.mark.parametrize(
    ("same", "outages", "longest", "mttr"),
    table(
        [
            ("", (3, 1), (3 * HOUR, 1), (3 * HOUR + 3000, 3)),
            ("10 min", (3, 1), (3 * HOUR, 1), (3 * HOUR + 3000, 3)),
            ("601 s", (2, 1), (3 * HOUR, 1), (3 * HOUR + 3000, 2)),
        ],
        {0, 1},
    ),
)
def test_outages_are_counted_where_they_begin_and_restored_where_they_end(
    desk: Operations, same: str, outages: tuple[int, int], longest: tuple[int, int],
    mttr: tuple[int, int],
) -> None:  # fmt: skip
    terms = f"services: [{{name: shop, same_outage: {same}}}]\n" if same else ""
    for name, expected in (("outages", outages), ("longest_outage", longest), ("mttr", mttr)):
        desk.agreed(level(name), more=terms)
        desk.came(READ, list=ROWS)
        assert desk.counted("2026-05") == expected, name


@pytest.mark.slow
def test_a_month_without_outages_has_none(desk: Operations) -> None:
    for name, expected in (("outages", (0, 1)), ("longest_outage", (0, 1)), ("mttr", (0, 1))):
        desk.agreed(level(name))
        desk.came(READ, list=["4,billing,,2026-05-05 10:00:00,2026-05-05 11:00:00,,"])
        assert desk.counted("2026-05") == expected


def test_explain_lists_what_was_not_up_and_why(
    desk: Operations, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.agreed(UP, more=TERMS)
    desk.came(READ, list=[
        *ROWS, planned("2026-05-10 02:00:00", announced="2026-05-01 00:00:00"),
    ])  # fmt: skip
    arguments = ["explain", str(path), "--period", "2026-05", "--service-level", "A"]
    assert run_command([*arguments, "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert "planned maintenance, announced in time" in shown
    assert '"2026-05-04 10:40:00 UTC"' in shown
    assert run_command(arguments) == 0
    assert "2026-05-31 23:30:00" in capsys.readouterr().out


def test_records_of_services_that_the_contract_does_not_name_are_told(desk: Operations) -> None:
    """A name that is written wrongly must not read as a service that is never down."""
    desk.agreed(UP)
    desk.came(READ, list=["1,shopp,,2026-05-04 10:00:00,2026-05-04 12:00:00,,"])
    parts = dict(desk.judged("2026-05").parts)
    assert parts["services in the records that the contract does not name"] == 1


@pytest.mark.parametrize(("interval", "warns"), [("40 min", False), ("41 min", True)])
def test_probes_too_rare_to_see_what_is_agreed_are_a_warning(
    desk: Operations, capsys: pytest.CaptureFixture[str], interval: str, *, warns: bool
) -> None:
    """0.1 % of 28 days are 2,419 seconds."""
    path = desk.agreed(UP, sources=f"watch probes customer interval: {interval}")
    assert run_command(["check", str(path)]) == 0
    text = "".join(capsys.readouterr())
    assert ("longer than the 2419 s in a month that A tolerates" in text) is warns


@pytest.mark.slow
def test_a_verdict_on_availability_is_frozen_as_it_is(desk: Operations) -> None:
    desk.agreed(
        level("availability", measure="requests", minimum=99),
        sources="watch probes customer interval: 15 min",
        more="services: [{name: shop, missing_at_most: 100}]\n",
    )
    desk.write("watch", ["shop,2026-05-01 00:00:00,1000,10"], READ, "service,at,total,failed")
    desk.take_in(READ)
    verdict = desk.judged("2026-05")
    assert verdict.interval
    assert verdict.parts
    assert decode(Verdict, encode(verdict)) == verdict


@pytest.mark.slow
def test_a_list_of_outages_may_be_the_same_after_a_good_month(desk: Operations) -> None:
    desk.agreed(UP)
    rows = ["1,shop,,2026-05-04 10:00:00,2026-05-04 11:00:00,,"]
    desk.came(READ, list=rows)
    assert desk.counted("2026-05") == (MAY - HOUR, MAY)
    desk.now = desk.now.replace(month=7)
    desk.take_in("2026-07-02 06:00")  # the file that was written in June
    assert desk.judged("2026-06").outcome == "unknown"
    desk.came("2026-07-02 08:00", list=rows)
    assert desk.counted("2026-06") == (30 * DAY, 30 * DAY)
