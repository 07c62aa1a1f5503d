"""Levels out of the ordinary, and the levels that ``init`` writes, by public systems."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality.benchmark.data import benchmark
from quality.catalogue.recipes import load_recipe
from quality.cli.app import run
from quality.contract.checks.reach import out_of_reach
from quality.contract.file import load_contract, parse_contract
from quality.contract.template import TEMPLATE, template
from tests.conftest import Desk
from tests.public import rows, shipped

COMPLEX = ("complexity.nloc_share", 20)
ERRORS = ("errors.density", None)
MEASURED = ("measured.share", None)
TENTHS = [n / 10 for n in range(1, 51)]  # fifty systems, 0.1 to 5.0
WHOLE = [100] * 49 + [50]


@pytest.fixture(autouse=True)
def public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    found = rows("python", {COMPLEX: TENTHS, ERRORS: TENTHS, MEASURED: WHOLE})
    found += rows("go", {ERRORS: [0] * 30})
    shipped(found, tmp_path / "public", monkeypatch)
    yield
    benchmark.cache_clear()


def said(desk: Desk, *levels: str) -> list[str]:
    contract = load_contract(desk.contract(["shop"], levels))
    return [f"{'.'.join(map(str, at))}: {text}" for at, text in out_of_reach(contract)]


def level(expected: float, minimum: float, level_class: str = "critical", more: str = "") -> str:
    return (
        f"{{id: A, class: {level_class}, indicator: complexity.nloc_share, above: 20, "
        f"expected: {expected}, minimum: {minimum}{more}}}"
    )


def test_a_minimum_that_nearly_everybody_reaches(desk: Desk) -> None:
    assert said(desk, level(1, 4.6)) == [
        "service_levels.0.minimum: 92 % of 50 public systems are at this minimum or better"
    ]
    assert said(desk, level(1, 4.4)) == []  # 88 %
    assert said(desk, level(1, 4.6, "key")) == []  # nothing hangs on it


def test_a_level_that_hardly_anybody_reaches(desk: Desk) -> None:
    assert said(desk, level(0.5, 3)) == [
        "service_levels.0.expected: only 10 % of 50 public systems reach this expected value"
    ]
    assert said(desk, level(0.6, 3)) == []
    assert said(desk, level(0, 0.2, "key")) == [
        "service_levels.0.expected: only 0 % of 50 public systems reach this expected value",
        "service_levels.0.minimum: only 4 % of 50 public systems reach this minimum value",
    ]


def test_a_level_in_one_language_is_held_against_that_language(desk: Desk) -> None:
    assert said(
        desk, "{id: A, class: critical, indicator: errors.density, language: python, minimum: 4.9}"
    ) == [
        "service_levels.0.minimum: 98 % of 50 public Python systems are at this minimum or better"
    ]
    go = "{id: A, class: critical, indicator: errors.density, language: go, minimum: 0}"
    assert said(desk, go) == []  # all thirty, and no better value is possible


def test_what_is_meant_to_be_whole_may_be_asked_for(desk: Desk) -> None:
    assert said(desk, "{id: A, class: critical, indicator: measured.share, minimum: 95}") == []


def test_what_was_never_compared_is_never_warned_of(desk: Desk) -> None:
    above = "{id: A, class: critical, indicator: complexity.nloc_share, above: 22, minimum: 100}"
    assert said(desk, above) == []


def test_check_says_it_with_the_place_and_the_contract_stays_valid(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.contract(["shop"], (level(1, 4.6),))
    assert run(["check", str(path)]) == 0
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "service_levels[0].minimum: warning: 92 % of 50 public systems" in caught.err


def test_init_writes_what_public_systems_suggest_with_the_reason(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    assert run(["init", "new.contract.yaml", "--language", "python"]) == 0
    text = (desk.folder / "new.contract.yaml").read_text()
    # the thirteenth of fifty, 1.3, and the fortieth
    assert (
        "    expected: 1.3                     # 26 % of 50 public Python systems reach it\n"
        "    minimum: 4                        # 80 % of 50 public Python systems reach it\n"
    ) in text
    assert run(["check", "new.contract.yaml"]) == 0
    assert "warning" not in capsys.readouterr().err
    assert run(["init", "other.contract.yaml", "--language", "cobol"]) == 2


def test_what_too_few_systems_say_stays_as_the_template_has_it() -> None:
    known = benchmark(load_recipe("2026.2"))
    text = template(known, "go")
    assert "    above: 20\n    expected: 5\n    minimum: 15\n" in text  # no system says anything
    assert parse_contract(text.encode(), Path("x.contract.yaml"))
    assert len(text.splitlines()) == len(TEMPLATE.splitlines())
