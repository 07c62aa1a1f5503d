"""A machine without PMD: Java is searched by nobody there, which is unknown, never zero."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.catalogue import recipes, tools
from quality.cli.app import run
from quality.model.verdict import Verdict
from tests.conftest import Desk

LEVELS = (
    "{id: J-1, class: critical, indicator: errors.density, language: java, expected: 0, "
    "minimum: 500}",
    "{id: E-1, class: critical, indicator: errors.density, expected: 0, minimum: 500}",
    "{id: C-1, class: critical, indicator: errors.coverage, expected: 90, minimum: 10}",
    "{id: S-1, class: key, indicator: size.nloc}",
)
JAVA = "class A {\n    boolean b(String c) {\n        return c.equals(null);\n    }\n}\n"
GATE = "gate:\n  - {id: G-1, rule: findings.new, language: java, at_most: 0}\n"


@pytest.fixture
def without_pmd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("WORKMANSHIP_PMD", str(tmp_path / "nowhere"))
    for remembered in (tools.pmd_jars, recipes._loaded):
        remembered.cache_clear()
    yield
    monkeypatch.undo()
    for remembered in (tools.pmd_jars, recipes._loaded):
        remembered.cache_clear()


def values(verdicts: dict[str, Verdict]) -> dict[str, tuple[int, int, str]]:
    return {
        name: (*((each.measured.numerator, each.measured.denominator) if each.measured else (0, 0)),
               each.outcome)
        for name, each in verdicts.items()
    }  # fmt: skip


@pytest.mark.usefixtures("without_pmd")
@pytest.mark.slow
def test_java_is_unknown_and_the_rest_is_judged(desk: Desk) -> None:
    files = {"A.java": JAVA, "a.py": "def f():\n    return undefined1\n"}
    desk.repository("billing", files)
    desk.contract(["billing"], LEVELS)
    desk.measure(anew=True)
    found = values(desk.verdicts())
    assert found["J-1"] == (0, 0, "unknown")
    assert found["E-1"] == (1, 2, "below_expected")  # the Python alone
    assert found["C-1"] == (2, 7, "below_expected")  # 2 of 7 lines
    assert found["S-1"][0] == 7


@pytest.mark.usefixtures("without_pmd")
def test_the_gate_cannot_pass_a_change_of_java(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = desk.repository("billing", {"A.java": "class A {}\n"})
    contract = desk.contract(["billing"], LEVELS, more=GATE)
    repository.commit({"A.java": JAVA}, at="2026-08-02T10:00:00Z")
    path = desk.folder / "checkout"
    subprocess.run(["git", "clone", "-q", desk.folder / "billing.git", path], check=True)
    words = ["gate", str(contract), "--repository", "billing", "--path", str(path)]
    assert run([*words, "--base", "HEAD~1"]) == 3
    assert "no error analyzer on this machine reads java" in capsys.readouterr().out
