"""Rules on syntax trees: twice the text takes twice the work, whatever a supplier repeats."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from collectors.analyzers.treerules.analyzer import places
from collectors.analyzers.treerules.rules import rule_set

pytestmark = pytest.mark.slow

# Language, what stands before, what is repeated with its number, what stands behind.
REPEATED = [
    ("csharp", "class A { void F(int n) {", "while (n > {}) {{ G(); }}", "} }"),
    ("csharp", "class A { void F(int n) {", "Monitor.Enter(x{});", "} }"),
    ("csharp", "class A { void F(int n) {", "x{}.Trim();", "} }"),
    ("csharp", "class A { void F() { foreach (var x in xs) {", "xs.Remove(x{});", "break; } } }"),
    ("csharp", "class A { void F() {", "a.Mode = CipherMode.ECB; // {}", "} }"),
    ("csharp", "class A { void F(A a) {", "if (a == {}) {{ G(); }} else", "{ } } }"),
    ("csharp", "class A {", "int F{0}(int a) {{ return F{0}(a); }}", "}"),
    ("csharp", "class A { int x =", "a{} -", "1; }"),
    ("csharp", "class A { void F() {", "G{} (1);", "} }"),
    ("go", "package p\nfunc f() {", "err{} = g()", "}"),
    ("go", "package p\nfunc f() {", "mu{}.Lock()", "}"),
    ("go", "package p\nfunc f() {", "log.Fatal({})", "defer g()\n}"),
    ("go", "package p\nfunc f() { for {", "defer g({})", "} }"),
    ("go", "package p\nfunc f() {", "r{}, err := http.Get(x)", "}"),
    ("go", "package p\ntype T struct {\n\tmu sync.Mutex\n}", "func f{}(t T) {{ }}", ""),
    ("go", 'package p\nimport "math/rand"\nfunc f() {', "token{} := rand.Int()", "}"),
    ("javascript", "", "a{}\n  .b ( `${{ c }}` , d )", ""),
    ("javascript", "", "if (a == null) {{ a.b{}; }} else {{ c; }}", ""),
    ("kotlin", "fun f(s: String) {", "x{}.trim()", "}"),
    ("php", "<?php function f($x) {", "foreach ($x as &$y{}) {{ }}", "}"),
    ("php", "", "<?= $_GET['a{}'] ?><br>", ""),
    ("php", "<?php function f($x) {", "while ($x > {}) {{ $y; }}", "}"),
    ("php", "<?php $x = 'SELECT a FROM b WHERE c IN ('", ". $list{}", ";"),
    ("php", "<?php", "Trim ($x{});", ""),
    ("ruby", "", "f (a{}) . b", ""),
    ("ruby", "x =", "'a#{{b}}{}' +", "''"),
    ("ruby", "def f(n)", "while n > {}; x; end", "end"),
    ("ruby", "def f(n)\nxs.each do |x|", "xs.delete(x{})", "return\nend\nend"),
]


def effort(language: str, before: str, repeated: str, after: str, times: int) -> int:
    """Calls that the rules make on a text, and characters of the texts that they put together."""
    text = "\n".join([before, *(repeated.format(number) for number in range(times)), after])
    total = 0

    def count(_: FrameType, event: str, given: object) -> None:
        nonlocal total
        total += event in ("call", "c_call")
        total += len(given) if event == "return" and isinstance(given, str) else 0

    sys.setprofile(count)
    try:
        list(places(text, language, rule_set(language), 20))
    finally:
        sys.setprofile(None)
    return total


@pytest.mark.parametrize(("language", "before", "repeated", "after"), REPEATED)
def test_twice_the_text_takes_twice_the_work(
    language: str, before: str, repeated: str, after: str
) -> None:
    once, twice = (effort(language, before, repeated, after, times) for times in (300, 600))
    assert twice < 2.5 * once


@pytest.mark.parametrize(
    ("language", "before", "opening"),
    [
        ("csharp", "class A { void F(int a) {", "while (a > 1) {{"),
        ("go", "package p\nfunc f(a int) { {", "for a > 1 {{"),
    ],
)
def test_depth_costs_no_more_than_its_square(language: str, before: str, opening: str) -> None:
    once, twice = (
        effort(language, before, opening, "}" * (times + 2), times) for times in (100, 200)
    )
    assert twice < 4 * once
