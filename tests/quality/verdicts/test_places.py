"""Where a contract's values stand among public systems, as a supplier gets to see it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from quality.benchmark import data
from quality.benchmark.data import benchmark
from quality.model.rank import Peers, Rank
from reports.scorecard import csv
from reports.scorecard import json as as_json
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.public import RECIPE, rows, shipped

COMPLEX = ("complexity.nloc_share", 20)
CCN = ("complexity.max", None)
SIMPLE = "".join(f"def f{n}(a):\n    return a + {n}\n\n" for n in range(50))
LEVELS = (
    "{id: A, class: critical, indicator: complexity.nloc_share, above: 20, minimum: 8}",
    "{id: B, class: key, indicator: complexity.nloc_share, above: 21}",
    "{id: C, class: key, indicator: errors.density, language: python}",
    "{id: D, class: key, indicator: complexity.max}",
    "{id: E, class: key, indicator: size.nloc}",
)


@pytest.fixture(autouse=True)
def afterwards() -> None:
    benchmark.cache_clear()


@pytest.fixture
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty systems of Python with 0 to 39 percent of complex code, from 100 NLOC on, half of them
    of 30,000 NLOC; ten of Go."""
    sizes = [100] * 20 + [30_000] * 20
    found = rows("python", {COMPLEX: range(40), CCN: [1] * 20 + [9] * 20}, sizes)
    shipped(found + rows("go", {COMPLEX: [0] * 10}), tmp_path / "public", monkeypatch)


def test_a_value_is_held_against_systems_of_its_language_and_size(desk: Desk, public: None) -> None:
    desk.repository("shop", {"a.py": SIMPLE})  # 100 NLOC, none of them complex
    desk.contract(["shop"], LEVELS)
    desk.measure()
    verdicts = desk.verdicts()
    near = Peers("Python", 20, "2026.2", 25, 400)
    assert verdicts["A"].benchmark == Rank(near, worse=19, equal=1)
    assert verdicts["D"].benchmark == Rank(near, worse=0, equal=20)
    assert verdicts["B"].benchmark is None  # no usual limit
    assert verdicts["C"].benchmark is None  # of one language's code alone
    assert verdicts["E"].benchmark is None  # neither good nor bad

    (evaluation,) = desk.evaluate(pages=True)
    shown = html.page(evaluation).replace("\u202f", " ")
    assert (
        "Better than 95 % and level with 5 % of 20 public Python systems between 25 and 400 NLOC, "
        "recipe 2026.2"
    ) in shown
    (level, *_) = json.loads(as_json.render([evaluation]))["service_levels"]
    assert level["benchmark"] == {
        "better_than_percent": 95, "worse": 19, "equal": 1, "systems": 20, "language": "Python",
        "least": 25, "most": 400, "recipe": "2026.2",
    }  # fmt: skip
    header, first, *_ = csv.render([evaluation]).splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    assert cells["better_than_percent_of_public_systems"] == "95"
    assert cells["public_systems"] == "20"


def test_code_of_several_languages_is_held_against_nothing(desk: Desk, public: None) -> None:
    desk.repository("shop", {"a.py": SIMPLE, "b.rb": "x = 1\n" * 60})
    desk.contract(["shop"], LEVELS)
    desk.measure()
    assert {each.benchmark for each in desk.verdicts().values()} == {None}


@pytest.mark.slow
def test_the_languages_of_all_repositories_count_together(desk: Desk, public: None) -> None:
    desk.repository("shop", {"a.py": SIMPLE})
    desk.repository("more", {"b.rb": "x = 1\n" * 40})
    desk.contract(["shop", "more"], LEVELS)
    desk.measure()
    place = desk.verdicts()["A"].benchmark  # 100 of 140 lines are Python
    assert place
    assert (place.peers.least, place.peers.most) == (35, 560)


@pytest.mark.slow
def test_a_benchmark_that_other_rules_made_is_not_shown(
    desk: Desk, public: None, tmp_path: Path
) -> None:
    file = tmp_path / "public/data" / RECIPE.id / data.DISTRIBUTIONS
    made = data.made_by(RECIPE, data.INDICATORS[COMPLEX[0]], "python")
    file.write_text(file.read_text().replace(made, "other"))
    benchmark.cache_clear()
    desk.repository("shop", {"a.py": SIMPLE})
    desk.contract(["shop"], LEVELS)
    desk.measure()
    verdicts = desk.verdicts()
    assert verdicts["A"].benchmark is None
    assert verdicts["D"].benchmark is not None


def test_an_unknown_value_has_no_place(desk: Desk, public: None) -> None:
    desk.repository("shop", {"a.py": SIMPLE, "b.py": "def broken(:\n" * 100})
    desk.contract(["shop"], LEVELS)
    desk.measure()
    assert {each.benchmark for each in desk.verdicts().values()} == {None}


def test_nobody_is_better_than_a_system_that_is_the_same(desk: Desk) -> None:
    place = Rank(Peers("", 3, "2026.2"), worse=2, equal=0)
    from reports.scorecard.words.places import sentence

    shown = sentence(place).replace("\u202f", " ")
    assert shown == "Better than 66 % of 3 public systems, recipe 2026.2"
    level = sentence(replace(place, worse=0, equal=3)).replace("\u202f", " ")
    assert level == "Better than 0 % and level with 100 % of 3 public systems, recipe 2026.2"
