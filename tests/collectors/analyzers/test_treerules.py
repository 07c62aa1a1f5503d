"""Rules on syntax trees: what each of them finds, and what it leaves alone."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest
from ast_grep_py import SgRoot
from hypothesis import given
from hypothesis import strategies as st

from collectors.analyzers import treerules
from collectors.analyzers.treerules import analyzer
from collectors.analyzers.treerules.analyzer import places
from collectors.analyzers.treerules.proofs import PROOFS
from collectors.analyzers.treerules.rules import LIKE, PAGES, languages, rule_set
from collectors.analyzers.treerules.words import Words
from collectors.languages.suffixes import language as spoken_by
from collectors.languages.trees import GRAMMARS
from quality.catalogue.recipes import load_recipe
from quality.errors import MeasureError
from quality.model.facts import Blob
from tests.examples import examples

RECIPE = load_recipe("2026.2")
HERE = Path(__file__).parent
PLANTED = HERE.parent / "planted"
MARK = re.compile(r"[ \t]*(?://|#) planted: .*")
CASES = tomllib.loads((HERE / "treerules.toml").read_text("utf-8"))
TEXT = {"operators", "ands", "ors", "equal", "unequal", "nulls", "signs_of_effect"}


def found(text: str, language: str) -> list[tuple[int, str]]:
    """(line, rule) by every rule, whatever the recipe makes of it."""
    rules = rule_set(language)
    return [(line, rule) for line, _, rule in places(text, language, rules, 20)]


def facts(text: str, language: str = "go"):
    (measured,) = treerules.measure([Blob("0" * 40, language, text.encode())], RECIPE)
    return measured


@pytest.fixture(scope="module")
def planted() -> dict[str, Counter[str]]:
    """How often each rule finds something in what is planted, by language."""
    counts: dict[str, Counter[str]] = {}
    for language in languages():
        folder = PLANTED / LIKE.get(language, language)
        files = [
            path for path in (folder.iterdir() if folder.exists() else ())
            if spoken_by(path.name) == language
        ]  # fmt: skip
        texts = [MARK.sub("", path.read_text("utf-8")) for path in files]
        counts[language] = Counter(rule for text in texts for _, rule in found(text, language))
    return counts


def test_the_recipe_lists_exactly_the_rules_that_there_are() -> None:
    known = {rule.id for language in languages() for rule in rule_set(language).rules}
    assert {rule.id for rule in RECIPE.rules_of("treerules")} == known
    assert RECIPE.part("treerules").languages == tuple(sorted((*languages(), *PAGES)))
    assert all(rule_id.startswith(f"{LIKE.get(language, language)}-") for language in languages()
               for rule_id in rule_set(language).by_id)  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_rules_name_what_the_grammar_has(language: str) -> None:
    rules = rule_set(language)
    root = SgRoot("", GRAMMARS[language][0]).root()
    for field in fields(Words):
        for kind in getattr(rules.words, field.name) if field.name not in TEXT else ():
            root.find(kind=kind)  # a RuntimeError names one that it has not
    for rule in rules.rules:
        search = rule.search or {"any": [{"kind": kind} for kind in rule.kinds]}
        root.find_all({"rule": search})
        assert rule.search is None or rule.words or rule.like, (
            f"{rule.id} is compiled for each file"
        )
        assert rule.proof in PROOFS if rule.proof else rule.search


@pytest.mark.parametrize("language", languages())
def test_rules_ask_for_words_without_their_layout(language: str) -> None:
    asked = {word for rule in rule_set(language).rules for word in rule.words}
    assert {word.upper() for word in asked if re.search(r"[(\s]", word)} <= {"PRIVATE KEY-----"}


@pytest.mark.parametrize("language", languages())
def test_each_rule_finds_something(language: str, planted: dict[str, Counter[str]]) -> None:
    cases = {name for name, case in CASES.items() if "found" in case}
    dialects = [other for other in languages() if LIKE.get(other) == language]
    counted = {rule for each in (language, *dialects) for rule in planted[each]}
    if language not in LIKE:
        assert {r.id for r in rule_set(language).rules} <= cases | counted


@pytest.mark.parametrize("rule", [name for name, case in CASES.items() if "found" in case])
def test_finds(rule: str) -> None:
    text = CASES[rule]["found"].lstrip("\n")
    assert [name for _, name in found(text, rule.split("-", maxsplit=1)[0])].count(rule) == 1


@pytest.mark.parametrize("rule", [name for name, case in CASES.items() if "clean" in case])
def test_leaves_alone(rule: str) -> None:
    text = CASES[rule]["clean"].lstrip("\n")
    assert rule not in [name for _, name in found(text, rule.split("-", maxsplit=1)[0])]


FLAWED = "package p\n\nfunc f(a int) bool {\n\treturn a == a\n}\n"


def test_a_finding_says_where_and_what() -> None:
    (row,) = facts(FLAWED).rows
    assert (row.line, row.column, row.rule, row.hidden) == (4, 8, "go-same-operands", False)
    assert row.message == "both operands are the same expression"


@pytest.mark.parametrize(
    "directive", ["//nolint", "// nolint:staticcheck", "//lint:ignore SA4000 x"]
)
def test_no_directive_hides_anything(directive: str) -> None:
    (plain,) = facts(FLAWED).rows
    (said,) = facts(FLAWED.replace("a == a", f"a == a {directive}")).rows
    assert said == plain
    (before,) = facts(FLAWED.replace("\treturn", f"\t{directive}\n\treturn")).rows
    assert (before.line, before.context) == (5, plain.context)


def test_windows_line_ends_change_nothing() -> None:
    assert facts(FLAWED.replace("\n", "\r\n")).rows == facts(FLAWED).rows


def test_what_the_grammar_does_not_read_is_not_looked_at() -> None:
    good = "".join(f"func g{n}() int {{\n\treturn {n}\n}}\n" for n in range(40))
    broken = FLAWED + good + "x == x } {\n"
    assert [row.line for row in facts(broken).rows] == [4]
    assert [row.line for row in facts(FLAWED + good + "var y = x == x\n").rows] == [4, 126]


def test_a_text_that_the_grammar_hardly_reads_is_unmeasured_not_clean() -> None:
    measured = facts("package p\n" + "?? a == a ]] ((\n" * 30)
    assert measured.rows == ()
    assert measured.cause == "ours"
    assert re.fullmatch(r"the grammar does not read \d+ of \d+ words", measured.reason)


def test_both_sides_of_a_condition_are_read_where_no_tree_holds_both() -> None:
    split = (
        "int f(int a)\n{\n#ifdef A\n    if (a) {\n#else\n    if (!a) {\n#endif\n"
        "        g();\n    }\n"
        "    return a;\n}\n\nint g(int a)\n{\n#ifdef A\n    a == 1;\n#else\n    a == 2;\n#endif\n"
        "    if (a) g(1); else g(1);\n"
        "    if (a) {\n#ifdef B\n        h();\n#endif\n        g(1);\n    } else g(1);\n}\n"
    )
    found = sorted(set(places(split, "cpp", rule_set("cpp"), 1)))
    assert [(line, rule) for line, _, rule in found] == [
        (16, "cpp-compared-and-dropped"), (18, "cpp-compared-and-dropped"),
        (20, "cpp-same-branches"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["svelte", "vue"])
@pytest.mark.parametrize("attributes", ["", " lang='ts'", " setup lang='tsx'"])
def test_the_scripts_of_pages_are_read_at_their_places(language: str, attributes: str) -> None:
    text = f"<p>eval(a)</p>\n<script{attributes}>\n  eval(a);\n</script>\n<!-- eval(a) -->"
    read = facts(text, language)
    assert [(row.line, row.column, row.rule) for row in read.rows] == [(3, 2, "javascript-eval")]


def test_order_and_neighbours_never_matter() -> None:
    texts = [path.read_bytes() for path in sorted((PLANTED / "go").iterdir())]
    blobs = [Blob(f"{number:040}", "go", text) for number, text in enumerate(texts)]
    alone = {blob.oid: next(treerules.measure([blob], RECIPE)) for blob in blobs}
    assert len({len(each.rows) for each in alone.values()}) > 1
    for some in (blobs, blobs[::-1], blobs * 2):
        assert all(alone[each.blob] == each for each in treerules.measure(some, RECIPE))


@pytest.mark.slow
@pytest.mark.parametrize(("language", "text"), [
    ("go", "package p\nvar x = " + "(" * 20_000 + "1" + ")" * 20_000 + "\n"),
    ("csharp", "class A { bool F() { return " + "a == a && " * 5_000 + "b; } }"),
    ("php", "<?php " + "if ($a) { " * 3_000 + "}" * 3_000),
    ("php", "<?php $x = " + "'a' . $b . " * 5_000 + "'';"),
    ("csharp", "class A { void F() { " + "if (a) { } else " * 3_000 + "{ } } }"),
])  # fmt: skip
def test_deep_texts_are_read_without_recursion(language: str, text: str) -> None:
    lines = "\n".join(text[start : start + 4000] for start in range(0, len(text), 4000))
    measured = facts(lines, language)
    assert measured.reason is None or measured.reason.startswith("the grammar does not read")


@pytest.mark.parametrize("language", languages())
def test_a_reader_that_misses_its_canary_is_refused(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    treerules.prepare(RECIPE)
    rules = rule_set(language)
    blind = replace(rules, expected=rules.expected - {min(rules.expected)})
    monkeypatch.setattr(
        analyzer, "rule_set", lambda name: blind if name == language else rule_set(name)
    )
    with pytest.raises(MeasureError, match=f"misreads a known sample of {language},"):
        treerules.prepare(RECIPE)


@examples(60)
@given(st.sampled_from(languages()), st.data())
def test_a_part_of_a_text_never_breaks_a_rule(language: str, data: st.DataObject) -> None:
    paths = sorted((PLANTED / LIKE.get(language, language)).iterdir())
    text = data.draw(st.sampled_from(paths)).read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    measured = facts(text[start:end], language)
    assert measured.reason is None or measured.reason.startswith("the grammar does not read")
