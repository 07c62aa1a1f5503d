"""Findings as oxlint's own on the same bytes, that depend on nothing but the bytes."""

import json
import random
import subprocess
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from collectors.analyzers import oxlint, oxlint_run
from collectors.analyzers.oxlint_doubts import (
    AT,
    BEFORE,
    EARLY,
    JAVASCRIPT,
    SAYING,
    TWICE,
    UNDECLARED,
    UNUSED,
    near,
)
from collectors.analyzers.program import installed_program
from collectors.languages.source import AnalyzerDiedError
from collectors.process.bounded import Chunk, Supervisor
from quality.catalogue.recipes import load_recipe
from quality.errors import MeasureError
from quality.model.facts import Blob, Facts, Finding

RECIPE = load_recipe("2026.2")
PLANTED = Path(__file__).parents[1] / "planted/javascript"
LANGUAGES = {
    ".js": "javascript", ".ts": "typescript", ".jsx": "tsx", ".tsx": "tsx", ".vue": "vue",
}  # fmt: skip


def blob(content: bytes | str, language: str = "javascript") -> Blob:
    content = content if isinstance(content, bytes) else content.encode()
    return Blob(sha1(b"blob %d\0" % len(content) + content).hexdigest(), language, content)


def measure(*blobs: Blob) -> list[Facts]:
    return list(oxlint.measure(blobs, RECIPE))


def findings(text: bytes | str, language: str = "javascript") -> list[Finding]:
    (facts,) = measure(blob(text, language))
    assert facts.reason is None, facts.reason
    return [row for row in facts.rows if isinstance(row, Finding)]


def places(text: bytes | str, language: str = "javascript") -> list[tuple[int, int, str, bool]]:
    return [(row.line, row.column, row.rule, row.hidden) for row in findings(text, language)]


def planted() -> list[Path]:
    return [path for path in sorted(PLANTED.rglob("*")) if path.suffix in LANGUAGES]


def test_counted_by_hand() -> None:
    text = "if (a === NaN) {\n  debugger;\n}\n"
    assert [(row.line, row.column, row.rule, row.message) for row in findings(text)] == [
        (1, 10, "eslint/use-isnan", "Checking equality with NaN will always return false"),
        (2, 2, "eslint/no-debugger", "`debugger` statement is not allowed"),
    ]


@pytest.mark.slow
def test_as_oxlint_itself(tmp_path: Path) -> None:
    """The raw tool, told nothing but the recipe's rules, on the same bytes: what it finds beyond
    ours is what one file cannot prove."""
    rules = [rule.id for rule in RECIPE.rules_of("oxlint") if rule.list != "excluded"]
    configuration = {
        "plugins": sorted({rule.partition("/")[0] for rule in rules}),
        "categories": {"correctness": "off"},
        "env": dict.fromkeys(oxlint_run.SURROUNDINGS, True),
        "rules": {rule: ["warn", *oxlint_run.OPTIONS.get(rule, ())] for rule in rules},
    }
    (tmp_path / "rules.json").write_text(json.dumps(configuration))
    command = [installed_program("oxlint", "oxlint"), "-c", tmp_path / "rules.json"]
    doubted = {*AT, *BEFORE, *SAYING, *JAVASCRIPT, *TWICE, EARLY, UNUSED, UNDECLARED}
    told = 0
    for path in planted():
        run = subprocess.run([*command, "--format=json", path], capture_output=True, check=False)
        raw = {
            (each["labels"][0]["span"]["line"], each["labels"][0]["span"]["column"] - 1,
             each["code"].replace("react-hooks", "react").replace("(", "/").rstrip(")"))
            for each in json.loads(run.stdout)["diagnostics"]
        }  # fmt: skip
        ours = {place[:3] for place in places(path.read_bytes(), LANGUAGES[path.suffix])}
        assert ours <= raw, path
        assert {rule for _, _, rule in raw - ours} <= doubted, path
        told += len(ours)
    assert told > 60


def test_batch_order_and_neighbours_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = [blob(path.read_bytes(), LANGUAGES[path.suffix]) for path in planted()]
    blobs.append(blob("import { a } from './other.js';\nif (a = 1) {\n  a();\n}\n"))
    alone = {one.oid: measure(one)[0] for one in blobs}
    random.Random(1).shuffle(blobs)
    assert measure(*blobs) == [alone[one.oid] for one in blobs]


def test_lines_and_columns_are_counted_as_editors_count_them() -> None:
    text = "\ufefflet \u00e9 = '\U0001f600'; \u00e9();\r\n/* \u2028 */ debugger;\rdebugger;"
    text += "\r\n  debugger;"
    assert [place[:2] for place in places(text) if place[2] == "eslint/no-debugger"] == [
        (2, 8), (3, 0), (4, 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "directive",
    [
        "/* eslint-disable */ %s",
        "/*eslint-disable no-debugger*/\n%s",
        "// eslint-disable-next-line\n%s",
        "%s // eslint-disable-line no-debugger -- because",
        "/* oxlint-disable */ %s",
        "// oxlint-disable-next-line no-debugger\n%s",
        "<!-- eslint-disable\n%s",
        "/* eslint-disable */\n/* eslint-enable no-empty */\n%s",
    ],
)
def test_what_directives_hide_is_found_and_said_to_be_hidden(directive: str) -> None:
    (hidden,) = [place for place in places(directive % "debugger;") if "debugger" in place[2]]
    assert hidden[3]


@pytest.mark.parametrize(
    "directive",
    [
        "/* ESLint-disable */ debugger;",
        "const a = 'eslint-disable'; debugger; a();",
        "/* eslint no-debugger: off */ debugger;",
        "/* eslint-disable */ /* eslint-enable */ debugger;",
        "// @ts-nocheck\n// @generated\n/* jshint ignore: start */ debugger;",
    ],
)
def test_what_hides_nothing_is_not_said_to_hide(directive: str) -> None:
    (place,) = [place for place in places(directive) if "debugger" in place[2]]
    assert not place[3]


def test_no_configuration_reaches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither beside the process, nor above its folders, nor in its environment."""
    off = '{"categories": {"correctness": "off"}, "ignorePatterns": ["**"]}'
    for folder in (tmp_path, tmp_path / "inner"):
        folder.mkdir(exist_ok=True)
        for name in (".oxlintrc.json", "oxlint.json", ".eslintrc.json"):
            (folder / name).write_text(off)
        for name in (".gitignore", ".eslintignore", ".ignore", ".oxlintignore"):
            (folder / name).write_text("*\n")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "inner"))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("OXLINT_LOG", "trace")
    assert places("debugger;") == [(1, 0, "eslint/no-debugger", False)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("with (a) {\n  b();\n}\ndebugger;", "javascript"),  # a script, no module
        ("export const a = 1;\nawait a;\ndebugger;", "javascript"),
        ("#!/usr/bin/env node\nif (process.argv.length) return;\ndebugger;", "javascript"),
        ("// @flow\nexport const a = (b: number): string => b;\ndebugger;", "javascript"),
        ("const a = <p>text</p>;\na();\ndebugger;", "javascript"),
        ("declare const a: string;\ndebugger;", "typescript"),
        ("const a = <T,>(b: T) => <p>{b}</p>;\na();\ndebugger;", "tsx"),
        ("<script lang='ts'>\nconst a: string = <string>b;\ndebugger;\n", "vue"),
        ("<SCRIPT\nSETUP lang=tsx>const a = <p/>;\n\ndebugger;</SCRIPT >", "vue"),
        ("<template/><script src='a.js'></script><script>\n\ndebugger;</script>", "vue"),
        ("<script lang='ts'>\nlet a: string = <string>b;\ndebugger;\n", "svelte"),
        ("<SCRIPT module>export const a = 1;</SCRIPT>\n<script>debugger;</script><p/>", "svelte"),
    ],
)
def test_dialects_are_read_to_their_end(text: str, language: str) -> None:
    places_of_stop = [place[:2] for place in places(text, language) if "debugger" in place[2]]
    lines = text.split("\n")
    line = next(number for number, line in enumerate(lines, 1) if "debugger" in line)
    assert places_of_stop == [(line, lines[line - 1].index("debugger"))]


def test_a_file_that_only_declares_is_read() -> None:
    assert places("interface A { b: string }\nexport const a: A;\n", "typescript") == []
    (facts,) = measure(blob("export const a: string;\ndebugger;", "typescript"))
    assert facts.reason == "syntax error: Missing initializer in const declaration in line 1"


def test_both_scripts_of_a_vue_file_stand_at_their_places() -> None:
    text = (
        "<!-- <script>debugger;</script> -->\n<template><p>{{ a }}</p></template>\n"
        "<script lang='ts'>\nexport default { data() { debugger; return {}; } };\n</script>\n"
        "<script setup lang='ts'>const a: string = 'é'; debugger; a;\n</script>\n"
    )
    stops = [place[:2] for place in places(text, "vue") if "debugger" in place[2]]
    assert stops == [(4, 26), (6, 47)]


SVELTE = """<script context="module">
  export let all = [];
</script>
<script>
  import Row from "./Row.svelte";
  export let name;
  let box;
  $: double = name * 2;
  $: double, draw();
  function draw() { $store = 1; all.push(box === NaN); all = all; }
</script>
<Row bind:this={box}>{double === NaN}</Row>
"""


def test_what_a_svelte_pages_markup_may_do_is_no_finding() -> None:
    assert places(SVELTE, "svelte") == [(10, 49, "eslint/use-isnan", False)]
    assert places("<p>{a === NaN}</p>\n", "svelte") == []


@pytest.mark.parametrize(
    ("text", "language", "reason", "cause"),
    [
        ("const a = ;", "javascript", "syntax error: Unexpected token in line 1", "supplier"),
        ("let a;\nlet a;", "javascript",
         "syntax error: Identifier `a` has already been declared in line 1", "supplier"),
        ("a();\n/* b", "javascript",
         "syntax error: Unterminated multiline comment in line 2", "supplier"),
        ("const a = b +;", "typescript", "syntax error: Unexpected token in line 1", "supplier"),
        ("<p/>\n<script>\na = = b;\n</script>", "vue",
         "syntax error: Unexpected token in line 3", "supplier"),
        ("<script lang='coffee'>\na = -> b\n</script>", "vue",
         "oxlint passes over it in silence", "ours"),
        ("a\0", "javascript", "contains NUL bytes", "supplier"),
        ("a;" * 3000, "javascript", "a line is longer than 5000 columns", "ours"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_unmeasured(
    text: str, language: str, reason: str, cause: str
) -> None:
    (facts,) = measure(blob(text, language))
    assert (facts.reason, facts.cause, facts.rows) == (reason, cause, ())


def test_a_text_that_ends_oxlint_costs_its_own_row() -> None:
    deep = blob("[" * 4900 + "\n" + "[" * 4900 + "\n" + "]" * 4900 + "\n" + "]" * 4900)
    good = blob("debugger;")
    found = list[Facts]()
    with pytest.raises(AnalyzerDiedError):
        found.extend(measure(good, deep, good))
    supervisor = Supervisor()
    with supervisor:
        result = supervisor.measure(Chunk("2026.2", ("oxlint",), (good, deep, blob("a();"))))
    first, second, third = result.facts
    assert (first.rows, first.reason) == (measure(good)[0].rows, None)
    assert (second.rows, second.cause) == ((), "ours")
    assert second.reason
    assert (third.rows, third.reason) == ((), None)
    assert not result.lost


def test_an_oxlint_that_says_nothing_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = replace(oxlint.program(()), command=lambda names: ["/bin/echo", json.dumps(
        {"number_of_files": len(names), "diagnostics": []})])  # fmt: skip
    monkeypatch.setattr(oxlint, "program", lambda rules: silent)
    with pytest.raises(MeasureError, match="nothing it says is believed"):
        measure(blob("debugger;"))


@pytest.mark.parametrize(
    ("text", "rule", "lines"),
    [
        ("try { a(); } catch (e) {}\nif (a) {}\ntry { a(); } catch {\n}", "eslint/no-empty",
         [1, 3]),
        ("try { a(); } catch (e) { /* none */ }", "eslint/no-empty", []),
        ("if (x.y == x.y) {}\nif (x !== x) {}\nif (x.y !== x.y) {}", "eslint/no-self-compare", [1]),
        ("x = 1;\ny(z);\nif (typeof w) { w = 2; }\n", "eslint/no-undef", [1]),
        ("import 'a';\nexport const f = (height) => heigth;", "eslint/no-undef", [2]),
        ("import 'a';\nexport const f = (height) => Height;", "eslint/no-undef", []),
        ("a + b;\na.b;\na ? b : c;\n(function () {});", "eslint/no-unused-expressions", [1, 4]),
        ("function f() {}\nfunction g() { const x = 1; }", "eslint/no-unused-vars", [2]),
        ("var a, b, f = () => { var c; };\nasync function g() {}", "eslint/no-unused-vars", [1]),
        ("import y from 'y';\nfunction f() {}", "eslint/no-unused-vars", [1, 2]),
        ("if (a < b < c) {}\nif (a === b !== c) {}", "oxc/bad-comparison-sequence", [1]),
        ("if (!a === b) {}\nif (!a === !b) {}", "unicorn/no-negation-in-equality-check", [1]),
        ("a.map(parseInt);\na.map(b);", "unicorn/no-array-callback-reference", [1]),
        ("a = 9007199254740993;\nb = 0.1234567890123456789;", "eslint/no-loss-of-precision", [1]),
        ("() => { try { a(); } finally {\nreturn; } };", "eslint/no-unsafe-finally", [2]),
        ("() => { try { a(); } finally {\nthrow b; } };", "eslint/no-unsafe-finally", []),
        ("new Promise(async (a) => { b(a); });\nnew Promise(async (a) => { try { b(a); } catch (e) "
         "{ c(e); } });", "eslint/no-async-promise-executor", [1]),
        ("() => {\na(b);\nconst b = 1; };", "eslint/no-use-before-define", [2]),
        ("() => {\na(b); var b = 1; };\nvar c = c || {};", "eslint/no-use-before-define", []),
        ("() => a(b);\nconst b = 1;", "eslint/no-use-before-define", []),
        ("if (a = b()) {}\nwhile (a = b()) {}", "eslint/no-cond-assign", [1]),
        ("a.b = a.b;\na.href = a.href;", "eslint/no-self-assign", [1]),
        ("var a = 1;\nvar a = 2;", "eslint/no-redeclare", [1]),
        ("Array = 1;\nsetTimeout = 2;", "eslint/no-global-assign", [1]),
        ("a.then(b);\na.then(b, c);\na.then(b).catch(c);", "promise/catch-or-return", [1]),
    ],
)  # fmt: skip
def test_a_rule_counts_where_one_file_proves_it(text: str, rule: str, lines: list[int]) -> None:
    assert [place[0] for place in places(text) if place[2] == rule] == lines


def test_one_defect_counts_once() -> None:
    assert [place[2] for place in places("if (a = 1) {\n  b();\n}")] == [
        "eslint/no-constant-condition", "eslint/no-undef"
    ]  # fmt: skip
    text = "class A extends B {\n  constructor() { this.a = 1; }\n}\nnew A();"
    assert [place[2] for place in places(text)] == ["eslint/constructor-super"]


@pytest.mark.parametrize(
    ("name", "other", "answer"),
    [
        ("heigth", "height", True), ("heght", "height", True), ("heightt", "height", True),
        ("hoight", "height", True), ("height", "height", False), ("hieght", "height", True),
        ("hgieht", "height", False), ("he", "height", False), ("heitgh", "height", False),
        ("a", "", True), ("", "", False),
    ],
)  # fmt: skip
def test_one_letter_tells_them_apart(name: str, other: str, answer: bool) -> None:
    assert near(name, other) is near(other, name) is answer


def test_rules_of_react_ask_for_react() -> None:
    code = "export const A = () => {\n  if (B) {\n    useC();\n  }\n};\n"
    assert [place for place in places(code, "tsx") if place[2] == "react/rules-of-hooks"] == []
    code = f"import {{ useC }} from 'react';\n{code}"
    assert [place[0] for place in places(code, "tsx") if place[2] == "react/rules-of-hooks"] == [4]
