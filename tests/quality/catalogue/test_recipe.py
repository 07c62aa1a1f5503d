"""The recipe decides on every rule that its pylint knows, and says why."""

import csv
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from collectors.analyzers import ANALYZERS
from collectors.analyzers.program import installed_program
from collectors.languages.looks import LISTING
from collectors.languages.suffixes import MORE, SUFFIXES
from quality.catalogue.recipes import (
    PYTHONS,
    RECIPES,
    load_recipe,
    recipe_ids,
    verify_tools,
)
from quality.catalogue.tools import RUNNING
from quality.errors import MeasureError, UsageError
from quality.model.recipe import SEVERITIES

RECIPE = load_recipe("2026.2")
COLUMNS = (
    *("rule", "symbol", "list", "severity", "cwe", "unless", "yields", "only", "near", "reason"),
    *("packages", "findings", "sampled", "truly_wrong", "note"),
)
LEAST = {"errors": 80, "warnings": 50}  # percent of the sample that is true


def test_decides_on_every_error_warning_and_failure_of_pylint(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-P", "-m", "pylint", "--rcfile=/dev/null", "--list-msgs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    known = re.findall(r"^:([a-z0-9-]+) \(([EFW]\d{4})\)", run.stdout, re.MULTILINE)
    assert len(known) == 271
    assert {(rule.symbol, rule.id) for rule in RECIPE.rules_of("pylint")} == set(known)


def test_knows_the_rules_of_ruff_by_their_names() -> None:
    run = subprocess.run(
        [installed_program("ruff", "ruff"), "rule", "--all", "--output-format=json"],
        capture_output=True,
        text=True,
        check=True,
    )
    known = {
        (row["code"], row["name"])
        for row in json.loads(run.stdout)
        if not {"Removed", "Deprecated"} & row["status"].keys()
    }
    stated = {(rule.id, rule.symbol) for rule in RECIPE.rules_of("ruff")}
    assert stated <= known
    # of these groups every rule is decided on
    groups = re.compile(r"(?:F|B|S|ASYNC|LOG|PL[CERW])\d+")
    assert {rule for rule in known if rule[0] and groups.fullmatch(rule[0])} <= stated


def test_a_rule_that_yields_or_is_a_double_names_another_that_counts() -> None:
    counted = {rule.id for rule in RECIPE.rules if rule.list != "excluded"}
    for rule in RECIPE.rules:
        assert set(rule.yields) <= counted - {rule.id}
        if double := re.fullmatch(r"pylint's (\w+) reports it", rule.reason):
            assert double[1] in counted, rule.id
        for expression in (rule.only, rule.near):
            re.compile(expression)


def test_ids_of_rules_are_unique_and_each_error_analyzer_has_some() -> None:
    ids = [rule.id for rule in RECIPE.rules]
    assert len(set(ids)) == len(ids)
    assert {part.name for part in RECIPE.finders} == {rule.analyzer for rule in RECIPE.rules}
    assert all(part.languages for part in RECIPE.finders)


def test_pins_the_tables_of_files_that_are_read() -> None:
    with (RECIPES / "2026.2.toml").open("rb") as file:
        assert tomllib.load(file)["listing"] == LISTING


def test_every_rule_has_one_reason_in_one_sentence() -> None:
    for rule in RECIPE.rules:
        assert rule.list in ("errors", "warnings", "excluded")
        assert rule.reason.strip() == rule.reason != ""
        assert "\n" not in rule.reason
    pylint = [rule for rule in RECIPE.rules_of("pylint") if rule.list != "excluded"]
    assert not [rule.id for rule in pylint if rule.id[0] == "F"]


def rows_of(analyzer: str) -> list[dict[str, str]]:
    with (RECIPES / f"2026.2/{analyzer}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("analyzer", [part.name for part in RECIPE.finders])
def test_the_evidence_bears_out_the_lists(analyzer: str) -> None:
    for row in rows_of(analyzer):
        packages, findings, sampled, wrong = (
            int(row[key] or 0) for key in ("packages", "findings", "sampled", "truly_wrong")
        )
        assert wrong <= sampled, row["rule"]
        assert packages <= findings, row["rule"]
        if row["list"] == "excluded" or not row["findings"]:
            continue
        proved = row["note"].startswith(("proved by the language", "proved by the framework"))
        enough = wrong * 100 >= sampled * LEAST[row["list"]]
        assert sampled <= findings, row["rule"]
        assert sampled >= min(findings, 3) or row["note"], row["rule"]
        assert enough or proved, row["rule"]


@pytest.mark.parametrize("analyzer", ["pylint", "ruff", "treerules"])
def test_the_evidence_speaks_of_every_rule(analyzer: str) -> None:
    assert not [row["rule"] for row in rows_of(analyzer) if not row["findings"]]


@pytest.mark.parametrize("analyzer", [part.name for part in RECIPE.finders])
def test_a_table_of_rules_is_sorted_and_says_nothing_that_nobody_reads(analyzer: str) -> None:
    rows = rows_of(analyzer)
    assert [row["rule"] for row in rows] == [rule.id for rule in RECIPE.rules_of(analyzer)]
    for row in rows:
        assert tuple(row) == COLUMNS
        assert None not in row.values(), row["rule"]
        assert row["severity"] in ("", *SEVERITIES), row["rule"]


def test_digest_covers_rules_and_each_part_only_what_it_uses() -> None:
    assert RECIPE.digest.startswith("sha256:")
    assert len({part.digest for part in RECIPE.parts}) == len(RECIPE.parts)
    assert dict(RECIPE.part("pylint").tools) == {
        "astroid": "4.3.4",
        "pylint": "4.1.4",
        "python": RUNNING,
    }


def test_the_minor_version_of_python_is_part_of_every_key() -> None:
    recipes = [load_recipe("2026.2", python) for python in PYTHONS]
    assert [dict(recipe.tools)["python"] for recipe in recipes] == ["3.11", "3.12", "3.13", "3.14"]
    assert len({recipe.digest for recipe in recipes}) == 4
    for part in RECIPE.parts:
        assert len({recipe.part(part.name).digest for recipe in recipes}) == 4, part.name
    # what databases of Python 3.11 are keyed by
    assert recipes[0].part("clones").digest == "6331155140231ae1"
    assert recipes[0].part("pylint").digest == "262744a8ca33c693"


@pytest.mark.parametrize("python", [python for python in PYTHONS if python != RUNNING])
def test_another_python_measures_nothing_and_the_remedy_is_named(python: str) -> None:
    with pytest.raises(MeasureError) as refused:
        verify_tools(load_recipe("2026.2", python))
    assert str(refused.value) == (
        f"Python {python} is to measure, but this is Python {RUNNING}: make an environment with "
        f"`python{python} -m venv`, install workmanship there and run it from there"
    )
    with pytest.raises(MeasureError, match=r"^Python 3\.9 measures nothing: use one of 3\.11, "):
        verify_tools(load_recipe("2026.2", "3.9"))


def test_each_part_is_an_analyzer_and_says_what_it_reads() -> None:
    optional = {"pmd"} if dict(RECIPE.tools)["pmd"] == "none" else set()
    assert {part.name for part in RECIPE.parts} == ANALYZERS.keys() - optional
    for part in RECIPE.parts:
        assert set(part.languages) <= SUFFIXES.keys() | MORE.keys()
        if part.name in ("pylint", "radon", "ruff"):
            assert part.languages == ("notebook", "python")
        for language in ("python", "java", "go"):
            read = not part.languages or language in part.languages
            assert part.measures(language, "production") == read
        assert part.measures("java", "test") == (part.name == "lizard")
        assert not part.measures("python", "vendored")


def test_the_installed_tools_are_the_recipes() -> None:
    verify_tools(RECIPE)


def test_unknown_recipe_names_the_known() -> None:
    with pytest.raises(UsageError, match=r"unknown recipe '2025.9': this release knows 2026.2"):
        load_recipe("2025.9")
    assert recipe_ids() == ("2026.2",)
