"""What is damaged voids the values that it could have changed, and no other."""

from __future__ import annotations

import shutil

import pytest

from quality.model.verdict import Measured, Verdict
from tests.conftest import Desk

SAME = "package a\n\nfunc f(a int) bool {\n\treturn a == a\n}\n"  # 4 NLOC, same-operands
CLEAN = "package a\n\nfunc f(a int, b int) bool {\n\treturn a == b\n}\n"
RUBY = "def f(a, b)\n  a == b\nend\n"
LUA = "function f(a)\n  return a\nend\n"
NUL = "x = 1\n" * 99 + "\0"


def level(indicator: str, words: str = "", number: str = "") -> str:
    name = number or (indicator + words.rpartition(" ")[2]).replace(".", "-")
    return f"{{id: {name}, class: critical, indicator: {indicator}, {words} minimum: 99}}"


GO = level("errors.density", "language: go,", "go")
RUBY_LEVEL = level("errors.density", "language: ruby,", "ruby")
ALL = [GO, RUBY_LEVEL, level("errors.density", number="all"),
       level("errors.coverage", number="coverage"),
       "{id: shape, class: key, indicator: complexity.max, minimum: 9}",
       "{id: python, class: key, indicator: python.cc.max, minimum: 9}"]  # fmt: skip


def outcomes(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: verdict.outcome for name, verdict in found.items()}


def test_a_damaged_file_voids_its_own_language_alone(desk: Desk) -> None:
    desk.repository("billing", {"a.go": SAME, "b.rb": RUBY, "c.rb": NUL, "d.py": "X = 1\n"})
    desk.repository("shop", {"a.go": CLEAN})
    desk.contract(["billing", "shop"], ALL)
    desk.measure()
    found = desk.verdicts()
    assert outcomes(found) == {
        "go": "failed", "ruby": "unknown", "all": "unknown", "coverage": "unknown",
        "shape": "unknown", "python": "unknown",
    }  # fmt: skip
    assert found["go"].measured == Measured(1, 8, 1000)
    assert found["python"].reason == "there is nothing to measure: the denominator is 0"
    assert found["ruby"].reason.startswith(
        "only 4.03 % of the production code in ruby could be measured"  # 25 of 620 bytes
    )


def test_a_file_that_nobody_searches_leaves_all_errors_known(desk: Desk) -> None:
    desk.repository("billing", {"a.go": CLEAN, "b.lua": LUA, "c.lua": NUL})
    desk.contract(["billing"], ALL)
    desk.measure()
    found = outcomes(desk.verdicts())
    assert (found["go"], found["all"]) == ("met", "met")
    assert (found["coverage"], found["shape"]) == ("unknown", "unknown")  # lines of Lua are missing


@pytest.mark.slow
def test_a_little_of_one_language_cannot_hide_in_much_of_another(desk: Desk) -> None:
    """5 % of the whole repository may stay unmeasured: not all of its only Go file."""
    desk.repository("billing", {"a.go": SAME + "// \0", "b.rb": RUBY * 99})
    desk.contract(["billing"], ALL)
    desk.measure()
    found = desk.verdicts()
    assert (outcomes(found)["go"], outcomes(found)["ruby"]) == ("unknown", "met")
    assert found["go"].reason.startswith("only 0 % of the production code in go could be measured")


@pytest.mark.slow
def test_a_repository_without_the_language_is_not_judged_by_it(desk: Desk) -> None:
    desk.repository("billing", {"a.go": CLEAN})
    desk.repository("shop", {"b.rb": RUBY})
    each = GO.replace("minimum", "scope: each-repository, minimum")
    for asked in (GO, each):
        desk.contract(["billing", "shop"], [asked])
        desk.measure()
        found = desk.verdicts()["go"]
        assert (found.outcome, found.measured) == ("met", Measured(0, 4, 1000))
        parts = found.repositories
        assert [part.outcome for part in parts] == ["met" if asked is each else None, None]
        assert parts[1].reason == "there is no production code in go"


@pytest.mark.slow
def test_a_language_that_no_repository_holds_is_unknown(desk: Desk) -> None:
    desk.repository("shop", {"b.rb": RUBY})
    for scope in ("contract", "each-repository"):
        desk.contract(["shop"], [GO.replace("minimum", f"scope: {scope}, minimum")])
        desk.measure()
        found = desk.verdicts()["go"]
        assert (found.outcome, found.measured) == ("unknown", None)


def test_a_repository_that_cannot_be_read_may_hold_any_language(desk: Desk) -> None:
    desk.repository("billing", {"a.go": CLEAN})
    gone = desk.repository("shop", {"b.rb": RUBY})
    shutil.rmtree(gone.folder)
    desk.contract(["billing", "shop"], ALL)
    desk.measure()
    found = desk.verdicts()
    assert set(outcomes(found).values()) == {"unknown"}
    assert found["go"].reason.startswith("shop: ")
