"""The weaknesses of ISO/IEC 5055 and the rules that look for them, counted."""

import json
from collections import Counter

import pytest

from collectors.analyzers import treerules
from quality.catalogue.recipes import load_recipe
from quality.catalogue.weaknesses import looked_for, weaknesses
from quality.cli.app import run
from quality.model.facts import Blob, Finding

RECIPE = load_recipe("2026.2")


def test_the_view_has_138_members_as_its_publisher_counts_them() -> None:
    listed = weaknesses()
    assert len({each.cwe for each in listed}) == len(listed) == 138
    top = [each for each in listed if not each.parent]
    assert len(top) == 89
    # the members of the categories 1306 to 1309
    assert Counter(measure for each in top for measure in each.measures) == {
        "reliability": 34, "maintainability": 28, "security": 34, "efficiency": 15,
    }  # fmt: skip
    assert {each.parent for each in listed} - {0} <= {each.cwe for each in top}


def test_what_is_looked_for_is_what_the_rules_say() -> None:
    found = looked_for(RECIPE)
    known = {each.cwe for each in weaknesses()}
    python = {
        rule.cwe for rule in RECIPE.rules
        if rule.list != "excluded"
        and (rule.analyzer in ("pylint", "ruff") or rule.id.startswith("python-"))
    }  # fmt: skip
    assert set(found["python"]) == python & known
    assert {22, 78, 79, 89, 502, 798} <= set(found["python"])
    assert 95 not in found["python"]  # running text as code is no member
    assert "notebook" not in found
    assert set(found["go"]) <= {
        rule.cwe for rule in RECIPE.rules if rule.id.startswith("go-") and rule.list != "excluded"
    }


# One text for each of four weaknesses, and the languages that share JavaScript's rules.
SHOWN = {
    22: "app.get('/', (req, res) => { fs.readFile('/srv/' + req.query.f, res); });\n",
    78: "const run = (req) => child_process.exec('ping ' + req.query.h);\n",
    89: 'const ask = (req) => db.query("select a from t where b = \'" + req.query.b + "\'");\n',
    798: "const apiKey = 'AKIAIOSFODNN7REALKEY';\n",
}


@pytest.mark.parametrize("language", ["javascript", "typescript", "tsx"])
@pytest.mark.parametrize("cwe", SHOWN)
def test_a_weakness_is_listed_for_every_language_in_which_it_is_found(
    cwe: int, language: str
) -> None:
    weakness = {rule.id: rule.cwe for rule in RECIPE.listed("errors") + RECIPE.listed("warnings")}
    [facts] = treerules.measure([Blob("0" * 40, language, SHOWN[cwe].encode())], RECIPE)
    assert cwe in {weakness[row.rule] for row in facts.rows if isinstance(row, Finding)}
    assert cwe in looked_for(RECIPE)[language]


def test_the_command_shows_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    found = looked_for(RECIPE)
    assert run(["recipe"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for language, numbers in found.items():
        assert f"{language} {len(numbers)} of 138 {' '.join(map(str, numbers))}" in text
    assert "complian" not in text.casefold()
    assert run(["recipe", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)["iso5055"]
    assert content["weaknesses"] == 138
    assert {name: tuple(numbers) for name, numbers in content["looked_for"].items()} == found
