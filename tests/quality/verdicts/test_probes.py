"""Probes and requests: what nobody probed is not up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.examples import table
from tests.helpdesk import moment
from tests.operations import Operations
from tests.quality.verdicts.outages import MAY, READ, UP, level


@pytest.fixture
def desk(tmp_path: Path) -> Operations:
    return Operations(tmp_path)


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
