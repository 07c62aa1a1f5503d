"""Rules on syntax trees: what is found does not depend on how the code is laid out."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.analyzers.treerules.analyzer import places
from collectors.analyzers.treerules.layout import settled
from collectors.analyzers.treerules.rules import languages, rule_set
from collectors.languages.suffixes import language as spoken_by
from collectors.languages.trees import Node, tree

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
MARK = re.compile(r"[ \t]*(?://|#) planted: .*")
CASES = tomllib.loads((HERE / "treerules.toml").read_text("utf-8"))
SAMPLES = [
    *((name.split("-", maxsplit=1)[0], case["found"].lstrip("\n"))
      for name, case in CASES.items() if "found" in case),
    *((language, rule_set(language).canary) for language in languages()),
    *((spoken_by(path.name), MARK.sub("", path.read_text("utf-8")))
      for path in sorted((HERE.parent / "planted").glob("*/*"))
      if spoken_by(path.name) in languages()),
]  # fmt: skip
SIGNS = frozenset({".", "->", "::", "?.", "?->", "&.", "!!", ",", "(", ")", "[", "]"})
# Behind these no line end ends a statement, and before those none does, where most line ends do.
GOES_ON = frozenset({".", "?.", "&.", "::", "(", "[", ","})
CONTINUES = {"kotlin": {".", "?.", ")", "]"}, "ruby": {".", "&.", ")", "]"}}


def counted(text: str, language: str) -> Counter[str]:
    """How often each rule finds something, whatever the recipe makes of it."""
    return Counter(rule for *_, rule in places(text, language, rule_set(language), 20))


def said(node: Node) -> Iterator[tuple[str, str]]:
    """What a tree says: its nodes in order with what its leaves hold, white space and comments
    left out."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        children = each.children()
        text = "" if children else "".join(each.text().split())
        if "comment" not in each.kind() and (children or text):
            yield each.kind(), text
            waiting += reversed(children)


def gaps(text: str, language: str, *, line: bool) -> list[int]:
    """The places before and behind each sign where the language allows white space, a line end
    if so asked. What stands in a literal is what it says."""
    found, waiting = set[int](), [tree(text, language)]
    while waiting:
        each = waiting.pop()
        if each.kind() == "interpolation" and language == "ruby":
            continue
        waiting += each.children()
        sign, at = each.text(), each.range()
        if each.children() or sign not in SIGNS:
            continue
        ends = line and language in ("go", "kotlin", "ruby")
        if not (ends and sign not in CONTINUES.get(language, ())) and (language, sign) != (
            "ruby",
            "[",
        ):
            found.add(at.start.index)
        if not ends or sign in GOES_ON:
            found.add(at.end.index)
    return sorted(found)


def put(text: str, where: list[int], gap: str) -> str:
    for place in reversed(where):
        text = text[:place] + gap + text[place:]
    return text


def allowed(text: str, language: str, where: list[int], gap: str) -> list[int]:
    """Those of the places where the gap leaves the text what it says."""
    if not where:
        return []
    if list(said(tree(put(text, where, gap), language))) == list(said(tree(text, language))):
        return where
    half = len(where) // 2
    return [] if not half else [
        *allowed(text, language, where[:half], gap), *allowed(text, language, where[half:], gap),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), SAMPLES)
def test_layout_hides_nothing(language: str, text: str) -> None:
    expected = counted(text, language)
    comment = "\n # so\n" if language in ("python", "ruby") else "\n\t // so\n"
    for gap in (" ", "\n", comment):
        where = allowed(text, language, gaps(text, language, line="\n" in gap), gap)
        assert where or not gaps(text, language, line="\n" in gap)
        moved = put(text, where, gap)
        found = counted(moved, language)
        if "\n" in gap:  # a body of nothing on a line of its own is meant
            found["cpp-empty-statement"] = expected["cpp-empty-statement"]
        assert found == expected, moved


@pytest.mark.parametrize(("language", "text"), SAMPLES)
def test_a_text_laid_out_anew_says_the_same(language: str, text: str) -> None:
    assert list(said(settled(text, language).root)) == list(said(tree(text, language)))


@pytest.mark.parametrize(
    ("language", "text", "made"),
    [
        ("csharp", "a\n  // so\n  .B( x , y )\n  ?.C ( );", "a.B(x, y)?.C();"),
        ("go", "package p\nvar _ = a.\n\tB(x,\n\t\ty,\n\t)", "package p\nvar _ = a.B(x, y,)"),
        ("javascript", "f(`a ${ b ( c ) } ( d )`, 'x . y')", "f(`a ${ b(c) } ( d )`, 'x . y')"),
        ("javascript", 'const a = /["(]/\n  b .c', 'const a = /["(]/\n  b.c'),
        ("kotlin", "val a = b\n(c)", "val a = b\n(c)"),
        ("php", "<?php $a\n  -> b ( $c )\n  ->d;", "<?php $a->b($c)->d;"),
        ("ruby", "puts (a).b\nputs (a)\nf ::A", "puts (a).b\nputs (a)\nf ::A"),
        ("ruby", "foo (a)\nx = <<~T\n  a .b ( c )\nT\n", "foo(a)\nx = <<~T\n  a .b ( c )\nT\n"),
    ],
)
def test_an_expression_has_one_layout(language: str, text: str, made: str) -> None:
    assert settled(text, language).text == made


def test_a_finding_stands_where_the_text_has_it() -> None:
    text = "package p\n\nfunc f(a int) bool {\n\tg (  1 ,\n\t\t2 ); return a == a\n}\n"
    assert [*places(text, "go", rule_set("go"), 20)] == [(5, 14, "go-same-operands")]


PHP = [text for language, text in SAMPLES if language == "php"]
NAMES_OF = frozenset({
    *("function_call_expression", "method_declaration", "function_definition", "named_type"),
    *("member_call_expression", "scoped_call_expression", "object_creation_expression"),
    *("class_declaration", "qualified_name", "nullsafe_member_call_expression"),
})  # fmt: skip


@pytest.mark.parametrize("text", PHP)
@pytest.mark.parametrize("case", [str.upper, str.lower, str.swapcase])
def test_the_case_of_a_name_in_php_hides_nothing(text: str, case) -> None:
    names = tree(text, "php").find_all(kind="name")
    moved = text
    for name in (each for each in names if each.parent().kind() in NAMES_OF):
        at = name.range()
        moved = moved[: at.start.index] + case(name.text()) + moved[at.end.index :]
    assert counted(moved, "php") == counted(text, "php")
