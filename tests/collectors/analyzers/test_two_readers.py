# ruff: noqa: E501  # one case a line
"""What lizard does not see, behind the constructs that hide it: every number counted by hand."""

from __future__ import annotations

import pytest

from collectors.analyzers import lizard
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Function

RECIPE = load_recipe("2026.2")
# Eleven conditions in brackets and braces, in the languages that write them so: CCN 12.
IFS = "\n".join(f"    if (a == {n}) {{ x = {n}; }}" for n in range(11))
SWIFT = "\n".join(f"    if a == {n} {{ x = {n} }}" for n in range(11))
PYTHON = "\n".join(f"        if a == {n}: x = {n}" for n in range(11))
RUBY = "\n".join(f"    x = {n} if a == {n}" for n in range(11))
LUA = "\n".join(f"    if a == {n} then x = {n} end" for n in range(11))
TERNARIES = " + ".join(f"(a == {n} ? {n} : 0)" for n in range(11))
CHOICES = " + ".join(f"({n} if a == {n} else 0)" for n in range(11))

# (language, what hides it, the text, the function's name): one function of CCN 12.
HIDDEN = [
    ("python", "a definition on one line", f"def f(a): return {CHOICES}\n", "f"),
    ("python", "a lambda", f"f = lambda a: {CHOICES}\n", "f"),
    ("python", "a lambda in a class", f"class K:\n    f = lambda a: {CHOICES}\n", "K.f"),
    ("python", "a lambda as an argument", f"g(lambda a: {CHOICES})\n", "(anonymous)"),
    ("python", "a class body", f"class K:\n    if x:\n{PYTHON}\n".replace("if a == 10: ", ""), "<top level>"),
    ("java", "annotations", f'@A @B(1) class K {{\n  @C @D("x") int f(int a) {{\n{IFS}\n  }}\n}}\n', "K::f"),
    ("java", "a lambda in a field", f"class K {{\n  F f = a -> {{\n{IFS}\n  }};\n}}\n", "K::f"),
    ("java", "an initialiser", f"class K {{\n  {{\n{IFS}\n  }}\n}}\n", "K::(anonymous)"),
    ("java", "a static initialiser", f"class K {{\n  static {{\n{IFS}\n  }}\n}}\n", "K::static"),
    ("java", "a compact constructor", f"record R(int a) {{\n  R {{\n{IFS}\n  }}\n}}\n", "R::R"),
    ("java", "a field", f"class K {{\n  int f = {TERNARIES};\n}}\n", "<top level>"),
    ("csharp", "a constraint", f"class K<T> where T : class, new() {{\n  int F(int a) {{\n{IFS}\n  }}\n}}\n", "K::F"),
    ("csharp", "an accessor", f"class K {{\n  int P {{ get {{\n{IFS}\n  }} }}\n}}\n", "K::P::get"),
    ("csharp", "a property", f"class K {{\n  int P => {TERNARIES};\n}}\n", "K::P::get"),
    ("csharp", "an indexer", f"class K {{\n  int this[int a] => {TERNARIES};\n}}\n", "K::this::get"),
    ("csharp", "a lambda in a field", f"class K {{\n  F f = a => {{\n{IFS}\n  }};\n}}\n", "K::f"),
    ("csharp", "a record in a class", f"class K {{\n  record R(int B) {{\n  int F(int a) {{\n{IFS}\n  }}\n }}\n}}\n", "R::F"),
    ("csharp", "an event", f"class K {{\n  event E e {{ add {{\n{IFS}\n  }} remove {{ }} }}\n}}\n", "K::e::add"),
    ("typescript", "type parameters", f"function f<T>(a: T): T {{\n{IFS}\n}}\n", "f"),
    ("typescript", "an arrow in a class", f"class K {{\n  f = <T,>(a: T) => {{\n{IFS}\n  }};\n}}\n", "f"),
    ("typescript", "a namespace", f"namespace N {{\n  export function f<T>(a: T) {{\n{IFS}\n  }}\n}}\n", "function"),
    ("javascript", "a regex after a template", f"const r = [``, /`/];\nfunction f(a) {{\n{IFS}\n}}\n", "f"),
    ("javascript", "a static block", f"class K {{\n  static {{\n{IFS}\n  }}\n}}\n", "static"),
    ("javascript", "after a static block", f"class K {{\n  static {{ }}\n  f(a) {{\n{IFS}\n  }}\n}}\n", "f"),
    ("javascript", "a hashbang and a backtick", f"#!/usr/bin/env node `\nfunction f(a) {{\n{IFS}\n}}\n", "f"),
    ("javascript", "ternaries without blanks", f"function f(a) {{ return {TERNARIES.replace(' ', '')} }}\n", "f"),
    ("cpp", "two variants of a head", f"#ifdef A\nint f(int a) {{\n#else\nint f(long a) {{\n#endif\n  return a;\n}}\nint g(int a) {{\n{IFS}\n}}\n", "g"),
    ("cpp", "a macro", "#define M(a) { \\\n" + IFS.replace("\n", " \\\n") + " \\\n}\n", "M"),
    ("ruby", "define_method", f"class K\n  define_method(:f) do |a|\n{RUBY}\n  end\nend\n", "K::(anonymous)"),
    ("ruby", "a heredoc", f"x = <<~E\n  it's \"\nE\ndef f(a)\n{RUBY}\nend\n", "f"),
    ("ruby", "a lambda", f"F = ->(a) {{\n{RUBY}\n}}\n", "(anonymous)"),
    ("php", "an arrow function", f"<?php\n$f = fn($a) => {TERNARIES.replace('a ==', '$a ==')};\n", "$f"),
    ("php", "a property hook", f"<?php\nclass K {{ public int $p {{ get {{\n{IFS.replace('(a', '($a').replace('x =', '$x =')}\n }} }} }}\n", "K::$p::get"),
    ("kotlin", "a getter", f"class K {{\n  val p: Int\n    get() {{\n{IFS}\n    }}\n}}\n", "get"),
    ("kotlin", "an init block", f"class K {{\n  init {{\n{IFS}\n  }}\n}}\n", "K::init"),
    ("kotlin", "a constructor", f"class K {{\n  constructor(a: Int) {{\n{IFS}\n  }}\n}}\n", "K::constructor"),
    ("kotlin", "a function with a lambda", f"fun f(a: Int) {{\n  g {{ x -> x }}\n{IFS}\n}}\n", "f"),
    ("swift", "a computed property", f"class K {{\n  var p: Int {{\n{SWIFT}\n    return x\n  }}\n}}\n", "p::get"),
    ("swift", "a closure", f"let f = {{ (a: Int) in\n{SWIFT}\n}}\n", "f::(anonymous)"),
    ("rust", "a closure in a constant", "const F: fn(i32) = |a| {\n" + SWIFT.replace(" }", "; }") + "\n};\n", "(anonymous)"),
    ("rust", "a macro", "macro_rules! m {\n  ($a:expr) => {\n" + SWIFT.replace(" }", "; }").replace("if a", "if $a") + "\n  };\n}\n", "(anonymous)"),
    ("scala", "an initialiser", "object K {\n" + "\n".join(f"  if (a == {n}) x = {n}" for n in range(11)) + "\n}\n", "<top level>"),
    ("lua", "the top level", LUA + "\n", "<top level>"),
    ("solidity", "a modifier", f"contract K {{\n  modifier m(uint a) {{\n{IFS}\n    _;\n  }}\n}}\n", "m"),
    ("solidity", "a constructor", f"contract K {{\n  constructor(uint a) {{\n{IFS}\n  }}\n}}\n", "constructor"),
    ("go", "a variable", "package p\n\nvar f = func(a int) {\n" + SWIFT + "\n}\n", "f"),
]  # fmt: skip


def functions(text: str, language: str) -> list[Function]:
    (facts,) = lizard.measure([Blob("0" * 40, language, text.encode())], RECIPE)
    assert facts.reason is None
    return [row for row in facts.rows if isinstance(row, Function)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [pytest.param(case[0], case[2], case[3], id=f"{case[0]}: {case[1]}") for case in HIDDEN],
)
def test_nothing_hides_a_complex_function(language: str, text: str, name: str) -> None:
    found = functions(text, language)
    (worst,) = [function for function in found if function.ccn >= 12]
    assert (worst.name, worst.ccn) == (name, 12)
    assert (worst.cognitive or 0) >= 11


def test_words_of_a_page_are_no_code_that_nobody_reads() -> None:
    prose = "<p>If you wait for us while our class begins</p>\n"
    assert (
        functions(f"<?php include 'a.php' ?>\n{prose}{prose}<?php include 'b.php' ?>\n", "php")
        == []
    )
    page = f"{prose}<?php foreach ($a as $b): ?>\n<li><?= $b ?></li>\n{prose}<?php endforeach;\n"
    (top,) = functions(page + "if ($c) { ?>\n<b>x</b>\n<?php }\n", "php")
    assert (top.name, top.ccn) == ("<top level>", 3)


def test_an_assignment_that_decides_counts_for_both_readers() -> None:
    body = "  x ||= a\n  y &&= a\n  z += a\nend\n"  # one path, and two decisions
    (alone,) = functions("define_method(:f) do |a|\n" + body, "ruby")
    (method,) = functions("def f(a)\n" + body, "ruby")
    assert (alone.reader, alone.ccn, method.reader, method.ccn) == ("tree", 3, "lizard", 3)


# Cognitive complexity by hand, with SonarSource's rules.
COGNITIVE = [
    ("python", "def f(a, b):\n    if a:\n        for x in b:\n            if x and a or b:\n                pass\n", 1 + 2 + 3 + 2),
    ("python", "def f(a):\n    if a:\n        pass\n    elif b:\n        pass\n    else:\n        pass\n", 1 + 1 + 1),
    ("java", "class K { void f() { if (a) { } else if (b && c && d || e) { } else { } } }", 1 + 1 + 2 + 1),
    ("java", "class K { void f() { o: for (;;) { while (a) { continue o; } } } }", 1 + 2 + 1),
    ("java", "class K { void f() { try { if (a) { } } catch (E e) { if (b) { } } } }", 1 + 1 + 2),
    ("java", "class K { void f() { switch (a) { case 1: if (b) { } break; case 2: break; } } }", 1 + 2),
    ("java", "class K { void f() { g(() -> { if (a) { } }); } }", 2),
    ("java", "class K { boolean f() { return a && !(b && c); } }", 1 + 1),
    ("java", "class K { boolean f() { return a && (b && c); } }", 1),
    ("csharp", "class K { void F() { foreach (var x in y) { if (x) { } } } }", 1 + 2),
    ("go", "package p\nfunc f() {\n if a {\n } else if b {\n } else {\n }\n}\n", 1 + 1 + 1),
    ("kotlin", "fun f() { if (a) { } else if (b) { } else { } }", 1 + 1 + 1),
    ("ruby", "def f\n  unless a\n    b if c\n  end\nend\n", 1 + 2),
    ("rust", "fn f() { loop { match a { 1 => 2, _ => 3 } } }", 1 + 2),
    ("swift", "func f() {\n  guard a else { return }\n  if b { } else if c { } else { }\n}\n", 1 + 1 + 1 + 1),
    ("javascript", "function f() { if (a) { } else { if (b) { } } }", 1 + 1 + 2),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "cost"), COGNITIVE)
def test_cognitive_complexity_by_hand(language: str, text: str, cost: int) -> None:
    (found,) = functions(text, language)
    assert found.cognitive == cost


def test_a_language_without_a_tree_has_no_cognitive_complexity() -> None:
    (found,) = functions("f(A) -> case A of 1 -> a; _ -> b end.\n", "erlang")
    assert (found.reader, found.cognitive) == ("lizard", None)


def test_control_statements_outside_functions_are_one_unit() -> None:
    text = "import a\nif a:\n    b = 1\nelif c:\n    b = 2\n\n\ndef f():\n    pass\n\n\nd = 3\nfor x in b:\n    pass\n"
    f, top = functions(text, "python")
    assert (f.name, f.reader, f.ccn) == ("f", "lizard", 1)
    assert (top.name, top.reader, top.ccn, top.nloc) == ("<top level>", "tree", 4, 6)


def test_a_file_without_control_statements_has_no_top_level() -> None:
    assert functions("import a\n\nb = a.c(1)\n", "python") == []


def test_what_lizard_counted_in_a_function_is_no_unit_again() -> None:
    text = "class K {\n  int f(int a) {\n    g(() -> { if (a) { } });\n    return a > 1 ? 1 : 2;\n  }\n}\n"
    (f,) = functions(text, "java")
    assert (f.name, f.reader, f.ccn, f.nloc) == ("K::f", "lizard", 3, 4)


def test_a_text_that_no_reader_understands_is_unmeasured() -> None:
    text = "\n".join(f"%% if {n} then return || else ((" for n in range(20))
    (facts,) = lizard.measure([Blob("0" * 40, "java", text.encode())], RECIPE)
    assert facts.reason == "neither lizard nor the grammar reads 20 of 20 lines of code"


def test_a_deep_text_is_read_without_recursion() -> None:
    text = "f = lambda: " + "(" * 2400 + "1 if a else 2" + ")" * 2400 + "\n"
    assert [f.ccn for f in functions(text, "python")] == [2]
