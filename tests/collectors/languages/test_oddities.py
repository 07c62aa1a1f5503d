"""What no number counts and a sign shows: comparisons, branches in strings and macros, counted by
hand."""

from __future__ import annotations

import pytest

from collectors.analyzers import lizard
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Oddity

RECIPE = load_recipe("2026.2")
# A function around comparisons that decide nothing, by language: before, one of them, after.
COMPARING = {
    "cpp": ("int f(int a) {\n", "a += {n} * (a == {n});\n", "return a; }\n"),
    "csharp": ("class K { int F(int a) {\n", "a = T[a == {n}];\n", "return a; } }\n"),
    "go": ("package k\nfunc f(a int) {\n", "g(a == {n})\n", "}\n"),
    "java": ("class K { void f(int a) {\n", "g(x -> x == {n});\n", "} }\n"),
    "javascript": ("function f(a) {\n", "a = T[a === {n}]?.(x => x < {n});\n", "}\n"),
    "kotlin": ("fun f(a: Int) {\n", "g(a == {n})\n", "}\n"),
    "lua": ("function f(a)\n", "g(a ~= {n})\n", "end\n"),
    "php": ("<?php\nfunction f($a) {\n", "$a += {n} * ($a === {n});\n", "}\n"),
    "python": ("def f(a):\n", "    a = (a, {n})[a == {n}]\n", "    return a\n"),
    "ruby": ("def f(a)\n", "T[a == {n}].call\n", "end\n"),
    "rust": ("fn f(a: i32) {\n", "g(a == {n});\n", "}\n"),
    "scala": ("object K { def f(a: Int) = {\n", "g(a == {n})\n", "} }\n"),
    "swift": ("func f(_ a: Int) {\n", "g(a == {n})\n", "}\n"),
    "typescript": ("function f(a: number) {\n", "g(a !== {n});\n", "}\n"),
}


def odd(text: str, language: str) -> list[tuple[int, str, str]]:
    (facts,) = lizard.measure([Blob("0" * 40, language, text.encode())], RECIPE)
    assert facts.reason is None
    return [(each.line, each.kind, each.text) for each in facts.rows if isinstance(each, Oddity)]


def comparing(language: str, number: int) -> str:
    head, line, tail = COMPARING[language]
    return head + "".join(line.replace("{n}", str(n)) for n in range(number)) + tail


@pytest.mark.parametrize("language", COMPARING)
def test_twenty_comparisons_without_a_branch_are_odd(language: str) -> None:
    each = 10 if language == "javascript" else 20  # two in a line
    assert odd(comparing(language, each - 1), language) == []
    ((_, kind, text),) = odd(comparing(language, each), language)
    assert (kind, text.partition(": ")[2]) == ("choices", "20 comparisons, 0 decisions")


def test_comparisons_of_branches_are_not_odd_nor_those_of_many_small_functions() -> None:
    branches = "def f(a, b):\n" + "    if a == b or b < a < 3:\n        a += 1\n" * 40
    assert odd(branches, "python") == []
    assert odd("".join(f"def f{n}(a):\n    return a == {n}\n" for n in range(50)), "python") == []


BRANCHING = {
    "python": ('q = """\n{}"""\n', "  IF a = {n} THEN\n    a := {n};\n  END IF;\n"),
    "javascript": ("new Function(`\n{}`);\n", "if (a == {n}) { a += {n} }\n"),
    "lua": ("load([[\n{}]])\n", "if a == {n} then a = {n} end\n"),
    "cpp": ('const char *s = R"(\n{})";\n', "{% if a == {n} %}x{% endif %}\n"),
    "php": ("<?php\neval('\n{}');\n", "while ($a > {n}) { $a--; }\n"),
    "typescript": ("const t = `\n{}`;\n", "<b *ngIf='a == {n}'>{n}</b>\n"),
}


@pytest.mark.parametrize("language", BRANCHING)
def test_ten_branches_in_strings_are_odd(language: str) -> None:
    frame, line = BRANCHING[language]
    texts = [
        frame.replace("{}", "".join(line.replace("{n}", str(n)) for n in range(number)))
        for number in (9, 10)
    ]
    assert odd(texts[0], language) == []
    first = 2 if language == "php" else 1
    assert odd(texts[1], language) == [(first, "texts", "10 branches in strings")]


@pytest.mark.parametrize("macro", ["", "#define M(a) " + "if (a) { a--; } " * 12 + "\n"])
def test_a_macro_beside_a_function_takes_no_choice_from_it(macro: str) -> None:
    alone = [(1, "choices", "f: 30 comparisons, 0 decisions")]
    assert odd(comparing("cpp", 30) + macro, "cpp") == alone


def test_documentation_and_prose_are_no_code() -> None:
    shown = '"""How to use it.\n\n' + "    if (a):\n        run(a)\n" * 20 + '"""\n'
    assert odd(shown, "python") == []
    prose = "When it rains, then we wait; if it does not, we go for a walk while we can.\n"
    assert odd(f'HELP = """{prose * 8}"""\n', "python") == []


def test_a_macro_that_is_a_keyword_is_odd_and_one_that_does_something_is_not() -> None:
    text = "#define WHEN if\n#define TRY(x) if (!(x)) return 1\n#define ELIF else  if\n"
    assert odd(text + "int f(void);\n", "cpp") == [
        (1, "keywords", "WHEN is if"), (3, "keywords", "ELIF is else if"),
    ]  # fmt: skip
