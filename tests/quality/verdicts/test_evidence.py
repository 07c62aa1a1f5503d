"""What stands behind a value, what changed, what to repair: numbers by hand, and repairs done."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from quality.model.evidence import Evidence, EvidencePlace
from quality.model.verdict import Measured, Verdict
from reports.scorecard import csv as table_of_levels
from tests.conftest import Desk
from tests.quality.verdicts.evidence import LEVELS, branchy, pads


def lines(name: str, number: int) -> str:
    return "".join(f"{name}{row} = {row}\n" for row in range(number))


FUNCTIONS = branchy("big", 7) + branchy("mid", 1) + pads(11)  # NLOC 16 + 4 + 22

DELIVERED = {
    "a.py": FUNCTIONS,
    "c.py": branchy("fresh", 4),  # 10
    "moved.py": branchy("stay", 3),  # 8
}


@pytest.fixture
def grown(desk: Desk) -> Desk:
    """A quarter with three complex functions of 5, 3 and 3 ifs, and the one after it."""
    before = branchy("big", 5) + branchy("mid", 3) + pads(11)
    repository = desk.repository(
        "billing", {"a.py": before, "b.py": branchy("stay", 3)}, at="2026-05-01T00:00:00Z"
    )
    repository.commit({**DELIVERED, "b.py": None}, at="2026-08-01T00:00:00Z")
    desk.contract(["billing"], LEVELS, starts="2026-04-01")
    assert desk.measure().problems == []
    return desk


def evidence(desk: Desk, level: str, period: str = "2026-Q3") -> tuple[Verdict, Evidence]:
    (evaluation,) = desk.evaluate(period, pages=True)
    verdict = next(each for each in evaluation.service_levels if each.id == level)
    return verdict, next(
        each for each in evaluation.scorecard.evidence if each.service_level == level
    )


def names(group: object) -> list[object]:
    return [row.cells[0] for row in group.rows]  # type: ignore[attr-defined]


@pytest.mark.slow
def test_what_is_new_worse_and_gone_since_the_period_before(grown: Desk) -> None:
    verdict, found = evidence(grown, "F")
    assert verdict.measured == Measured(16 + 10 + 8, 60, 100)
    assert found.changes
    assert found.changes.since == "2026-Q2"
    assert [
        (each.total, names(each))
        for each in (found.changes.new, found.changes.worse, found.changes.gone)
    ] == [(1, ["fresh"]), (1, ["big"]), (1, ["mid"])]  # stay only moved to another file
    assert found.changes.worse.rows[0].was == 6
    assert evidence(grown, "F", "2026-Q2")[1].changes is None  # nothing came before


@pytest.mark.slow
def test_past_periods_keep_their_limits(grown: Desk) -> None:
    verdict, _ = evidence(grown, "F")
    (before,) = verdict.trend
    assert (before.period, before.expected, before.minimum) == ("2026-Q2", 20, 40)
    text = table_of_levels.render(grown.evaluate(pages=True))
    rows = csv.DictReader(io.StringIO(text, newline=""))
    told = {(row["period"], row["expected"], row["minimum"])
            for row in rows if row["service_level"] == "F"}  # fmt: skip
    assert told == {("2026-Q2", "20", "40"), ("2026-Q3", "20", "40")}


def test_the_fewest_functions_that_bring_a_value_to_its_limits(grown: Desk) -> None:
    _, found = evidence(grown, "F")
    assert [(r.to, r.limit, r.rows, r.weight, r.numerator, r.denominator, r.reached)
            for r in found.repairs] == [
        ("minimum", Decimal(40), 1, 16, 18, 60, True),  # 30 %
        ("expected", Decimal(20), 2, 26, 8, 60, True),  # 13.3 %; with big alone it is 30 %
    ]  # fmt: skip
    assert [row.cells[0] for row in found.repairs[1].first] == ["big", "fresh"]
    assert found.groups[0].rows[0].places == (EvidencePlace("a.py", 1),)


def test_the_repair_of_the_named_functions_brings_the_value_there(grown: Desk, desk: Desk) -> None:
    """As it is stated: the same lines, fewer decisions."""
    mended = branchy("big", 2, plain=10) + branchy("mid", 1) + pads(11)
    desk.repository("billing", {"a.py": mended}, at="2026-10-01T00:00:00Z")
    desk.measure()
    verdict, found = evidence(desk, "F", "2026-Q4")
    assert (verdict.measured, verdict.outcome) == (Measured(18, 60, 100), "below_expected")
    assert [(r.to, r.rows) for r in found.repairs] == [("expected", 1)]
    assert found.changes
    assert names(found.changes.gone) == ["big"]


@pytest.mark.slow
def test_the_repair_of_the_named_block_brings_the_value_there(desk: Desk) -> None:
    one, two = lines("x", 6), lines("y", 4)  # 3 places, 2 places
    files = {"a.py": one + lines("a", 10), "b.py": one, "c.py": one + two}
    repository = desk.repository("billing", {**files, "d.py": two + lines("d", 20)})
    desk.contract(["billing"], LEVELS[1:2])
    desk.measure()
    verdict, found = evidence(desk, "D")
    assert verdict.measured == Measured(18 + 8, 56, 100)
    told = [(r.to, r.rows, r.numerator, r.denominator, r.reached) for r in found.repairs]
    assert told == [("minimum", 1, 8, 44, True), ("expected", 2, 0, 40, True)]
    (first,) = found.repairs[0].first
    assert [place.path for place in first.places] == ["a.py", "b.py", "c.py"]
    repository.commit({"b.py": "", "c.py": two}, at="2026-10-01T00:00:00Z")  # it stays in a.py
    desk.measure()
    verdict, _ = evidence(desk, "D", "2026-Q4")
    assert (verdict.measured, verdict.outcome) == (Measured(8, 44, 100), "below_expected")


@pytest.mark.slow
def test_findings_are_grouped_by_rule_and_the_gravest_repaired_first(desk: Desk) -> None:
    wrong = "".join(f"def h{n}():\n    return undefined_{n}\n" for n in range(3))
    desk.repository("billing", {"e.py": wrong, "a.py": pads(30)})  # 6 + 60 NLOC
    desk.contract(["billing"], LEVELS[2:3])
    desk.measure()
    verdict, found = evidence(desk, "E")
    assert verdict.measured == Measured(3, 66, 1000)
    assert [(group.name, group.total) for group in found.groups] == [("E0602", 3)]
    # 1 finding in 66 lines is 15.2 per KNLOC; 0.1 allows none
    assert [(r.to, r.rows, r.numerator) for r in found.repairs] == [
        ("minimum", 2, 1), ("expected", 3, 0),
    ]  # fmt: skip


@pytest.mark.slow
def test_a_largest_number_is_repaired_by_all_above_the_limit(grown: Desk) -> None:
    verdict, found = evidence(grown, "M")
    assert verdict.measured == Measured(8, 1, 1)
    assert [(r.to, r.rows, r.numerator) for r in found.repairs] == [
        ("minimum", 1, 6),  # big, which is at the limit then; fresh has 5
        ("expected", 2, 4),  # and fresh; stay has 4
    ]  # fmt: skip
    assert found.total == 15  # all functions, for the largest is one of them


@pytest.mark.slow
def test_hotspots_are_complex_files_that_change_from_snapshot_to_snapshot(desk: Desk) -> None:
    """a.py: CCN 5, changed in two of two steps; b.py: 9, changed in one; c.py: 20, in none; d.py is
    new in the last quarter; t.py is a test."""
    same = {"c.py": branchy("c", 19)}
    repository = desk.repository(
        "billing",
        {"a.py": branchy("a", 4), "b.py": branchy("b", 7), "test_t.py": "x = 1\n", **same},
        at="2026-02-01T00:00:00Z",
    )
    repository.commit({"a.py": "# 2\n" + branchy("a", 4), "test_t.py": branchy("t", 9)},
                      at="2026-05-01T00:00:00Z")  # fmt: skip
    repository.commit({"a.py": "# 3\n" + branchy("a", 4)}, at="2026-05-02T00:00:00Z")
    repository.commit({"a.py": "# 4\n" + branchy("a", 4), "b.py": branchy("b", 8),
                       "d.py": branchy("d", 9)}, at="2026-08-01T00:00:00Z")  # fmt: skip
    desk.contract(["billing"], LEVELS[:1], starts="2026-01-01")
    desk.measure()
    (evaluation,) = desk.evaluate(pages=True)
    found = evaluation.scorecard.hotspots
    told = [(each.path, each.changes, each.steps, each.complexity) for each in found]
    assert told == [("a.py", 2, 2, 5), ("b.py", 1, 2, 9)]  # 10 and 9
    (first,) = desk.evaluate("2026-Q1", pages=True)
    assert first.scorecard.hotspots == ()  # nothing came before
