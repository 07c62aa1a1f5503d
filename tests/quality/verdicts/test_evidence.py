"""What stands behind a value, what changed, what to repair: numbers by hand, and repairs done."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from quality.catalogue.indicators import INDICATORS
from quality.cli.app import run
from quality.contract.sections.levels import ServiceLevel
from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, EvidencePlace
from quality.model.verdict import Measured, RepositoryValue, Verdict
from quality.verdicts.behind.changes import difference
from quality.verdicts.behind.repairs import repairs
from quality.verdicts.behind.rows import Table
from quality.verdicts.verdict import stated
from reports.scorecard import csv as table_of_levels
from tests.conftest import Desk
from tests.quality.contracts import parse, small

LEVELS = (
    "{id: F, name: f, class: critical, indicator: complexity.nloc_share, above: 3, "
    "expected: 20, minimum: 40}",
    "{id: D, name: d, class: critical, indicator: duplication.share, lines: 3, "
    "expected: 10, minimum: 30}",
    "{id: E, name: e, class: critical, indicator: errors.density, expected: 0.1, minimum: 20}",
    "{id: S, name: s, class: key, indicator: suppressions.density, expected: 0, minimum: 1}",
    "{id: M, name: m, class: key, indicator: complexity.max, expected: 4, minimum: 6}",
)


def branchy(name: str, ifs: int, plain: int = 0) -> str:
    """A function of CCN 1 + ``ifs`` and 2 + 2 x ``ifs`` + ``plain`` NLOC; no two share a line
    of their own."""
    body = "".join(f"    if {name} == {n}:\n        {name} += {n}{n}\n" for n in range(ifs))
    more = "".join(f"    {name}{n} = {name} + {n}\n" for n in range(plain))
    return f"def {name}({name}):\n{body}{more}    return [{name}]\n"


def pads(number: int) -> str:
    return "".join(f"def pad{n}():\n    return {n}\n" for n in range(number))


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


# ---------------------------------------------------------------- tables of our own


def table(rows: list[tuple[object, ...]], columns: tuple[str, ...], **level: object) -> Table:
    (known,) = parse(small()).service_levels
    made = known.model_copy(update=level)
    return Table(made, ("repository", *columns), rows)


def duplicates(*rows: tuple[object, ...]) -> Table:
    return table(
        list(rows), ("block", "code_lines", "places"), indicator=INDICATORS["duplication.share"]
    )


def functions(*rows: tuple[object, ...]) -> Table:
    """Functions of code lines that no two share."""
    columns = ("path", "line", "function", "ccn", "nloc", "body")
    return table([(*row, number) for number, row in enumerate(rows)], columns)


def block(number: int, size: int, *places: tuple[str, int]) -> tuple[object, ...]:
    stands = [
        {"path": path, "line": at, "last_line": at + size - 1, "position": at}
        for path, at in places
    ]
    return ("billing", number, size, stands)


def judged(level: ServiceLevel, measured: Measured, **changes: object) -> Verdict:
    verdict = stated(level, measured, "failed")
    parts = (RepositoryValue("billing", measured, "failed"),)
    return replace(verdict, repositories=parts, **changes)  # type: ignore[arg-type]


def test_a_line_of_two_blocks_counts_until_both_are_repaired() -> None:
    """Block 1: 4 lines in a and b. Block 2: their last 3, and c. 4 + 4 + 3 lines of 40."""
    found = duplicates(
        block(1, 4, ("a", 1), ("b", 1)), block(2, 3, ("a", 2), ("b", 2), ("c", 1))
    )  # fmt: skip
    verdict = judged(found.level, Measured(11, 40, 100), expected=None, minimum=Decimal(25))
    (repair,), rows = repairs(verdict, found)
    # block 2 is heavier (9 to 8): c's 3 lines leave, 8 / 34 = 23.5 %
    assert (repair.rows, repair.numerator, repair.denominator) == (1, 8, 34)
    assert rows == {1: "minimum"}
    strict = replace(verdict, minimum=Decimal(5))
    (repair,), _ = repairs(strict, found)
    assert (repair.rows, repair.numerator, repair.denominator, repair.reached) == (2, 0, 30, True)


def test_what_all_rows_together_do_not_reach_is_said_so() -> None:
    found = functions(("billing", "a.py", 1, "f", 12, 9))
    verdict = judged(found.level, Measured(50, 100, 100))
    least, most = repairs(verdict, found)[0]
    assert (least.rows, least.numerator, least.reached) == (1, 41, False)
    assert (most.to, most.reached) == ("expected", False)


def test_each_repository_that_falls_short_is_repaired_by_itself() -> None:
    rows = [("shop", "s.py", 1, "f", 30, 20), ("billing", "b.py", 1, "g", 25, 4)]
    found = functions(*rows)
    parts = (
        RepositoryValue("billing", Measured(4, 100, 100), "met"),
        RepositoryValue("shop", Measured(20, 100, 100), "failed"),
        RepositoryValue("web", None, "unknown"),
    )
    verdict = judged(found.level, Measured(24, 200, 100), scope="each-repository")
    told = repairs(replace(verdict, repositories=parts), found)[0]
    assert [(r.to, r.repository, r.rows, r.numerator) for r in told] == [
        ("minimum", "shop", 1, 0), ("expected", "shop", 1, 0),
    ]  # fmt: skip


def test_a_high_share_is_repaired_by_what_it_lacks_and_a_file_once() -> None:
    rows = [
        ("billing", "big.py", 300, "lizard", "too long", "ours"),
        ("billing", "big.py", 300, "radon", "too long", "ours"),
        ("billing", "small.py", 40, "radon", "syntax", "supplier"),
    ]
    found = table(
        list(rows), ("path", "bytes", "analyzer", "reason", "cause"),
        indicator=INDICATORS["measured.share"],
    )  # fmt: skip
    verdict = judged(found.level, Measured(660, 1000, 100), good="high", unit="percent",
                     expected=Decimal(100), minimum=Decimal(95))  # fmt: skip
    told, marked = repairs(verdict, found)
    assert [(r.to, r.rows, r.numerator) for r in told] == [
        ("minimum", 1, 960),
        ("expected", 2, 1000),
    ]
    assert marked == {0: "minimum", 1: "minimum", 2: "expected"}


def test_rows_alike_are_paired_by_their_numbers_first() -> None:
    """Two blocks of the same files: the one of 41 lines stayed, of 9 grew to 12, and 8 are new."""
    before = duplicates(block(1, 41, ("a", 1), ("b", 1)), block(2, 9, ("a", 60), ("b", 60)))
    now = duplicates(
        block(1, 41, ("a", 5), ("b", 5)), block(2, 12, ("a", 60), ("b", 60)),
        block(3, 8, ("a", 90), ("b", 90)),
    )  # fmt: skip
    found = difference(now, before)
    assert (found.new, found.worse, found.gone) == ((2,), {1: 9}, ())


def test_a_finding_that_moved_to_another_line_or_file_is_the_same() -> None:
    columns = ("path", "line", "severity", "cwe", "rule", "message", "hidden")

    def finding(path: str, line: int, name: str) -> tuple[object, ...]:
        return ("billing", path, line, "major", None, "E0602", f"undefined {name}", False)

    of = INDICATORS["errors.density"]
    before = table([finding("a.py", 1, "x"), finding("a.py", 2, "x"), finding("b.py", 3, "y")],
                   columns, indicator=of)  # fmt: skip
    now = table([finding("a.py", 9, "x"), finding("c.py", 3, "y"), finding("c.py", 4, "y")],
                columns, indicator=of)  # fmt: skip
    found = difference(now, before)
    assert (found.new, found.gone) == ((2,), (1,))  # the second y, and the second x


# ---------------------------------------------------------------- the files beside the page


def report(desk: Desk) -> tuple[list[dict[str, str]], dict[str, object], str]:
    folder = desk.folder / "out"
    words = ["report", *map(str, desk.contracts), "--period", "2026-Q3", "--output", str(folder)]
    assert run(words) in {0, 1}
    rows = (folder / "ACME.2026-Q3.evidence.csv").read_bytes().decode()
    content = json.loads((folder / "ACME.2026-Q3.evidence.json").read_text("utf-8"))
    assert sorted(each.name for each in folder.iterdir()) == [
        "ACME.2026-Q3.evidence.csv", "ACME.2026-Q3.evidence.json", "ACME.2026-Q3.html",
        "index.html", "pages.json",
    ]  # fmt: skip
    page = (folder / "ACME.2026-Q3.html").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(rows, newline=""))), content, page


def test_all_rows_stand_beside_the_page_with_their_links(desk: Desk) -> None:
    rows = 22
    desk.repository("billing", {f"f{n}.py": branchy(f"f{n}", 4) for n in range(rows)})
    text = desk.contract(["billing"], LEVELS[:2]).read_text("utf-8")
    web = ", web: 'https://code.acme.example/{path}?at={commit}#{line}', branch: main"
    desk.contracts[0].write_text(text.replace(", branch: main", web), "utf-8")
    desk.measure()
    found, content, page = report(desk)
    (evaluation,) = desk.evaluate(pages=True)
    commit = evaluation.snapshots[0].commit
    assert [row["function"] for row in found] == [f"f{n}" for n in sorted(range(rows), key=str)]
    assert found[0]["link"] == f"https://code.acme.example/f0.py?at={commit}#1"
    assert {(row["ccn"], row["nloc"], row["line"]) for row in found} == {("5", "10", "1")}
    assert [row["repair"] for row in found].count("minimum") == _needed(evaluation, 40)
    assert content["format"] == "workmanship.evidence/1"
    listed = content["rows"]
    assert isinstance(listed, list)
    assert [row["cells"]["function"] for row in listed] == [row["function"] for row in found]
    assert page.count("?at=") >= 20
    assert f'href="https://code.acme.example/f0.py?at={commit}#1"' in page
    assert "22 functions, the first 20" in page
    assert 'href="ACME.2026-Q3.evidence.csv"' in page


def _needed(evaluation: Evaluation, percent: int) -> int:
    """Of n functions of 10 lines each, all complex, how many must go to leave so much."""
    measured = evaluation.service_levels[0].measured
    assert measured
    assert measured.numerator == measured.denominator == 220
    return -(-(220 - 220 * percent // 100) // 10)


def test_hostile_names_are_no_formulas_and_leave_the_files_whole(desk: Desk) -> None:
    evil = "=cmd|' /C calc'!A0.py"
    desk.repository("billing", {evil: branchy("f", 4), "\u202egnp\n.py": branchy("g", 5)})
    desk.contract(["billing"], LEVELS[:1])
    desk.measure()
    found, content, page = report(desk)
    paths = {row["path"] for row in found}
    assert f"'{evil}" in paths
    assert all("\n" not in path and "\u202e" not in path for path in paths)
    listed = content["rows"]
    assert isinstance(listed, list)
    assert evil in {row["places"][0]["path"] for row in listed}
    assert "\u202e" not in page


@pytest.mark.slow
def test_a_contract_without_a_snapshot_has_no_rows(desk: Desk) -> None:
    desk.repository("billing", {"a.py": pads(1)}, at="2026-11-01T00:00:00Z")
    desk.contract(["billing"], LEVELS[:1])
    desk.measure()
    folder = desk.folder / "out"
    assert run(["report", str(desk.contracts[0]), "--period", "2026-Q3", "--output",
                str(folder)]) == 3  # fmt: skip
    assert not list(folder.glob("*evidence*"))
    assert not list(folder.glob(".*"))


# ---------------------------------------------------------------- hotspots


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
