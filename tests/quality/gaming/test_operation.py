"""Moves with outages and defects: what a supplier may list, date, name and leave out.

Each is a pair of deliveries of records, the honest one of which fails its service level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.scorecard.page import html
from tests.operations import Operations

pytestmark = pytest.mark.slow

READ, LATER = "2026-06-01 06:00", "2026-06-20 06:00"
UP = "{id: A, class: critical, indicator: service.availability, service: shop, minimum: 99.9}"
MTTR = "{id: A, class: critical, indicator: service.mttr, service: shop, minimum: 3600}"
OPEN = (
    "{id: A, class: critical, indicator: defects.removal_efficiency, severity: Major, minimum: 90}"
)
TERMS = (
    "services: [{name: shop, same_outage: 15 min, not_counted: ['customer*'], "
    "maintenance: {announced: 72 h}}]\n"
)
DEFECTS = (
    "defects: {severities: [Critical, Major, Minor], confirmed: [Confirmed], undecided_days: 14, "
    "escaped: {field: type, values: [Production]}}\n"
)
WATCH = "watch probes supplier interval: 60 s, missing: failed"


def outage(
    id: int, begins: str, ends: str, kind: str = "", announced: str = "", cause: str = ""
) -> str:
    return f"{id},shop,{kind},2026-05-{begins}:00,2026-05-{ends}:00,{announced},{cause}"


def defect(id: int, *events: str) -> list[str]:
    return [f"{id},2026-05-{each}" for each in events]


def minutes(down: Sequence[int], step: int = 1) -> list[str]:
    """Results of probes in May, each so many minutes."""
    return [
        f"shop,2026-05-{n // 1440 + 1:02} {n // 60 % 24:02}:{n % 60:02},{int(n not in down)}"
        for n in range(0, 31 * 1440, step)
    ]


HONEST = [outage(1, "04 10:00", "04 14:00")]
OTHER = "9,billing,,2026-05-01 10:00,2026-05-01 11:00,,"
DOWN = range(6000, 6240)
FOUND = ("04 10:00,created,", "04 10:00,severity,Critical", "04 10:00,type,Production")
BUG = defect(1, *FOUND, "05 10:00,status,Confirmed")


@dataclass(frozen=True)
class Case:
    """``gamed``: what is delivered at which moment, in order; ``words``: what the page says where
    the gamed one is met, "": it fails."""

    name: str
    level: str
    source: str
    honest: Sequence[str]
    gamed: Sequence[tuple[str, Sequence[str]]]
    words: str = ""


LIST, BUGS = "list outages supplier", "bugs defects supplier"
CASES = (
    Case("maintenance that is entered afterwards", UP, LIST, HONEST, [
        ("2026-05-04 06:00", [OTHER]),
        (READ, [OTHER, outage(1, "04 10:00", "04 14:00", "planned", "2026-04-01 00:00")]),
    ]),
    Case("an outage that becomes maintenance", UP, LIST, HONEST, [
        ("2026-05-05 06:00", HONEST),
        (READ, [outage(1, "04 10:00", "04 14:00", "planned", "2026-04-01 00:00")]),
    ]),
    Case("a maintenance that is made longer afterwards", UP, LIST, HONEST, [
        ("2026-05-04 06:00", [outage(1, "04 10:00", "04 10:10", "planned", "2026-04-01 00:00")]),
        (READ, [outage(1, "04 10:00", "04 14:00", "planned", "2026-04-01 00:00")]),
    ]),
    Case("an outage that is taken off the list", UP, LIST, HONEST, [
        ("2026-05-05 06:00", [*HONEST, OTHER]), (READ, [OTHER]),
    ]),
    Case("an outage that is dated anew after the period", UP, LIST, HONEST, [
        (READ, HONEST), (LATER, [outage(1, "04 10:00", "04 10:01")]),
    ]),
    Case("an outage with a cause that does not count", UP, LIST, HONEST, [
        (READ, [outage(1, "04 10:00", "04 14:00", cause="customer's network")]),
    ], "seconds of outages that do not count"),
    Case("one outage in many parts", MTTR, LIST, HONEST, [
        (READ, [outage(n, f"04 {10 + n // 6}:{n % 6}0", f"04 {10 + n // 6}:{n % 6}9")
                for n in range(24)]),
    ]),
    Case("an outage inside another", UP, LIST, HONEST, [
        (READ, [*HONEST, outage(2, "04 10:30", "04 11:00", cause="customer's network")]),
    ]),
    Case("probes that are rare", UP, WATCH, minutes(DOWN), [(READ, minutes([], step=60))]),
    Case("probes that stop where it is down", UP, WATCH, minutes(DOWN), [
        (READ, [row for n, row in enumerate(minutes([])) if n not in DOWN]),
    ]),
    Case("a severity that is made milder", OPEN, BUGS, BUG, [
        (READ, [*BUG, *defect(1, "06 10:00,severity,Minor")]),
    ]),
    Case("a severity that nobody knows", OPEN, BUGS, BUG, [
        (READ, [row.replace("Critical", "Cosmetic") for row in BUG]),
    ]),
    Case("a confirmed defect that becomes a duplicate", OPEN, BUGS, BUG, [
        (READ, [*BUG, *defect(1, "06 10:00,status,Duplicate")]),
    ]),
    Case("a defect that nobody decides", OPEN, BUGS, BUG, [(READ, defect(1, *FOUND))]),
    Case("a defect that is found elsewhere afterwards", OPEN, BUGS, BUG, [
        (READ, [*BUG, *defect(1, "06 10:00,type,Test")]),
    ]),
    Case("a defect that is rejected at once", OPEN, BUGS, BUG, [
        (READ, [*defect(1, *FOUND, "04 11:00,status,Rejected"),
                *defect(2, "04 10:00,created,", "04 10:00,severity,Major",
                        "05 10:00,status,Confirmed")]),
    ], "rejected, left out"),
)  # fmt: skip
OPERATION = {each.name: each.words for each in CASES}


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_no_move_with_records_is_worth_it(tmp_path: Path, case: Case) -> None:
    for name, deliveries in (("honest", [(READ, case.honest)]), ("gamed", case.gamed)):
        desk = Operations(tmp_path / name)
        desk.folder.mkdir()
        desk.agreed(case.level, sources=case.source, more=TERMS + DEFECTS)
        for at, rows in deliveries:
            desk.came(at, **{case.source.partition(" ")[0]: rows})
        (evaluation,) = desk.evaluate("2026-05", pages=name == "gamed")
        if name == "gamed" and case.words:
            assert evaluation.outcome == "met"
            assert case.words in html.page(evaluation)
        else:
            assert evaluation.outcome == "failed", evaluation.service_levels[0].reason
