"""The rating models on code whose numbers are counted by hand."""

from __future__ import annotations

import csv

import pytest

from quality.catalogue.models import model_tables
from quality.catalogue.recipes import RECIPES
from quality.model.verdict import Measured
from tests.conftest import Desk

LEVELS = [
    "{id: R, class: key, indicator: rating.sig_2007, expected: 4, minimum: 3}",
    "{id: D, class: key, indicator: rating.sonar_debt, expected: 5, minimum: 10}",
]


def branches(name: str, count: int, start: int) -> str:
    """A function of 2 x count + 2 lines and cyclomatic complexity count + 1."""
    tests = "".join(
        f"    if a == {n}:\n        b = b + {name}_{n}\n" for n in range(start, start + count)
    )
    return f"def {name}(a, b):\n{tests}    return b\n"


def statements(name: str, count: int) -> str:
    """A function of count + 2 lines without a branch."""
    lines = "".join(f"    b = b * {n} + a\n" for n in range(100, 100 + count))
    return f"def {name}(a, b):\n{lines}    return b\n"


def test_each_property_by_hand(desk: Desk) -> None:
    # f: CCN 13 and 26 lines; g: 10 lines; h: 14 lines; all in all 50 lines in functions.
    text = branches("f", 12, 0) + statements("g", 8) + statements("h", 12)
    desk.repository("billing", {"a.py": text})
    desk.contract(["billing"], LEVELS)
    desk.measure()
    session = desk.session
    found = session.explain(session.requests("2026-Q3")[0], "R", 20)
    rows = {(row[1], row[2]): row[3:6] for row in found.rows}
    assert rows == {
        ("volume", "NLOC"): (50, 1, 5),
        ("complexity per unit", "moderate"): (26, 50, 1),  # 52 %: above the 50 % of two stars
        ("complexity per unit", "high"): (0, 50, 5),
        ("complexity per unit", "very high"): (0, 50, 5),
        ("unit size", "moderate"): (26, 50, 1),
        ("unit size", "high"): (0, 50, 5),
        ("unit size", "very high"): (0, 50, 5),
        ("duplication", "lines in blocks of 6 lines"): (16, 50, 1),  # 8 lines of g stand in h too
    }
    # 2 x 5 + 6 x 1 + 5 x 1 + 5 x 1
    assert desk.verdicts()["R"].measured == Measured(26, 18, 1)


def test_debt_by_hand(desk: Desk) -> None:
    # f: cognitive complexity 18; then 12 lines that stand in two files, and one unused variable.
    copied = statements("g", 10)
    files = {"a.py": branches("f", 18, 0) + copied, "b.py": copied + "def h():\n    spare = 1\n"}
    desk.repository("billing", files)
    desk.contract(["billing"], LEVELS)
    desk.measure()
    minutes = (5 + 18 - 15) + 2 * (10 + 10) + 5
    nloc = 38 + 12 + 12 + 2
    assert desk.verdicts()["D"].measured == Measured(minutes, nloc * 30, 100)


@pytest.mark.slow
def test_what_has_no_function_has_no_rating(desk: Desk) -> None:
    desk.repository("billing", {"a.py": "A = 1\n"})
    desk.contract(["billing"], LEVELS)
    desk.measure()
    assert desk.verdicts()["R"].measured is None
    assert desk.verdicts()["D"].measured == Measured(0, 30, 100)


def test_limits_grow_from_five_stars_to_two_and_each_row_names_its_source() -> None:
    limits = model_tables()["sig_limits"][1]
    assert all(list(row[5:9]) == sorted(row[5:9], key=int) for row in limits)  # type: ignore[arg-type]
    assert sum({row[0]: int(row[9] or 0) for row in limits}.values()) == 18
    for path in (RECIPES / "models").glob("*.csv"):
        with path.open(encoding="utf-8") as lines:
            assert all(row["source"] for row in csv.DictReader(lines))
