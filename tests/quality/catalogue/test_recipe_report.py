"""The recipe as the command shows it: everything in it, for a reader and for a machine."""

from __future__ import annotations

import json

import pytest

from quality.catalogue.recipes import load_recipe
from quality.cli.app import run

RECIPE = load_recipe("2026.2")


def test_the_text_shows_every_rule_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recipe"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"recipe 2026.2  {RECIPE.digest}\n")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert {
        f"{rule.analyzer} {rule.id} {rule.symbol} {rule.severity} {rule.cwe or '–'} "
        f"{' '.join(rule.reason.split())}"
        for rule in RECIPE.rules
    } <= {*lines}
    assert {f"{tool} {version}" for tool, version in RECIPE.tools} <= {*lines}
    assert "cpu_seconds 20" in lines
    for name in ("errors", "warnings", "excluded"):
        assert f"({len(RECIPE.listed(name))})" in text


def test_the_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recipe", "2026.2", "--format", "json"]) == 0
    text = capsys.readouterr().out
    content = json.loads(text)
    assert content["digest"] == RECIPE.digest
    assert content["tools"] == dict(RECIPE.tools)
    assert content["limits"]["memory_bytes"] == RECIPE.limits.memory_bytes
    assert {name: len(rules) for name, rules in content["rules"].items()} == {
        name: len(RECIPE.listed(name)) for name in ("errors", "warnings", "excluded")
    }
    assert run(["recipe", "2026.2", "--format", "json"]) == 0
    assert capsys.readouterr().out == text


def test_an_unknown_recipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recipe", "1999.1"]) == 2
    assert capsys.readouterr().err == "unknown recipe '1999.1': this release knows 2026.2\n"
