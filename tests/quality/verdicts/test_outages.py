"""Outages as they are counted, listed and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.cli.app import run as run_command
from quality.model.canonical import decode, encode
from quality.model.verdict import Verdict
from tests.examples import table
from tests.operations import Operations
from tests.quality.verdicts.outages import DAY, HOUR, MAY, READ, TERMS, UP, level, planned


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


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
