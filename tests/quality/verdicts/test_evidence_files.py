"""All rows as files beside the page."""

from __future__ import annotations

import csv
import io
import json

import pytest

from quality.cli.app import run
from quality.model.evaluation import Evaluation
from tests.conftest import Desk
from tests.quality.verdicts.evidence import LEVELS, branchy, pads


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
