# ruff: noqa: E501  # one case a line
"""What ordinary constructs count in each language: every number worked out by hand."""

from __future__ import annotations

import pytest

from collectors.analyzers import lizard
from collectors.languages.units import tree_units
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Function

RECIPE = load_recipe("2026.2")


def functions(text: str, language: str) -> list[Function]:
    (facts,) = lizard.measure([Blob("0" * 40, language, text.encode())], RECIPE)
    assert facts.reason is None
    return [row for row in facts.rows if isinstance(row, Function)]


# (language, the text, the function's name, its CCN, its cognitive complexity)
COUNTED = [
    # arms of a switch that is an expression are paths like cases; what is left over is none
    ("csharp", "class K { int F(object o) => o switch { 1 => 2, int i when i > 3 => 4, [1, ..] => 5, _ => 6 }; }", "K::F", 5, 1),
    ("csharp", "class K { bool F(int o) { return o is > 3 and < 5 or 7 or 9; } }", "K::F", 4, 2),
    ("php", "<?php function f($a) { return match (true) { $a > 1, $a < 0 => 1, $a > 9 => 2, default => 3 }; }", "f", 3, 1),
    ("ruby", "def f(a)\n  case a\n  in {n: Integer} if b then 1\n  in [Integer, *] | nil then 2\n  in [x] unless c then 3\n  else 4\n  end\nend\n", "f", 6, 1),
    ("kotlin", "fun f(a: Any): Int {\n  return when (a) {\n    is A -> 1\n    is B if c -> 2\n    else -> 3\n  }\n}\n", "f", 4, 1),
    # a guard, which lizard does not know in Swift
    ("swift", "func f<T>(a: T) where T: P {\n  for x in xs where x > 1 { b() }\n  do { } catch E.a where c { }\n  switch a {\n  case 1 where d: b()\n  default: b()\n  }\n}\n", "f", 7, 3),
    # an assignment that decides
    ("javascript", "class K { static { }\n constructor(a) { a ||= 1; b &&= 2; c ??= 3; } }\n", "constructor", 4, 0),
    ("typescript", "const f = function <T>(a: T) { a ||= 1; b &&= 2; c ??= 3; };\n", "f", 4, 0),
    ("csharp", "class K { int P { get { a ??= 1; return a; } } }", "K::P::get", 2, 0),
    # a fold over an operator
    ("cpp", "auto f = [](auto... xs) { return (... && xs) || (xs || ...); };\n", "(anonymous)", 4, 2),
    # only a jump to a label costs
    ("swift", "func f() -> Int {\n  a: for x in y {\n    if x { continue a }\n    break\n  }\n  if b { throw e }\n  return x\n}\n", "f", 4, 1 + 2 + 1 + 1),
    ("kotlin", "fun f(y: List<Int>): Int {\n  a@ for (x in y) {\n    if (x > 1) continue@a\n  }\n  y.b { if (it > 2) return@b }\n  return x\n}\n", "f", 4, 1 + 2 + 1 + 2),
    # operators in the order of the text, whatever brackets stand around them
    ("java", "class K { boolean f() { return a || b || (c && d) || (e && !g); } }", "K::f", 6, 4),
    ("javascript", "function f() { return ((a && b) || (c && d)) && ((e && g) || (h && i)); }", "f", 8, 5),
    # functions that lizard counts in the one around them cost it what they cost
    ("javascript", "const f = a => b => c => {\n  if (a) {\n    for (const d of b) if (d && c) g();\n  }\n};\n", "f", 5, 1 + 2 + 3 + 1),
    ("kotlin", "fun f() {\n  a {\n    b {\n      if (c) { if (d) e() }\n    }\n  }\n}\n", "f", 3, 3 + 4),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name", "ccn", "cognitive"), COUNTED)
def test_constructs_by_hand(language: str, text: str, name: str, ccn: int, cognitive: int) -> None:
    (found,) = [each for each in functions(text, language) if each.ccn > 1]
    assert (found.name, found.ccn, found.cognitive) == (name, ccn, cognitive)


IF = "if (a) { x = 1; }"
# (language, what lizard takes for the head of a function, the text, the functions that there are)
MERGED = [
    ("java", "a record", f"record R(int a) implements I {{\n  R {{\n    {IF}\n  }}\n  int f() {{\n    {IF} {IF}\n    return a;\n  }}\n}}\n", {"R::R": 2, "R::f": 3}),
    ("java", "a member of an annotation", f"@interface A {{\n  int v() default 3;\n}}\nclass K {{\n  int f() {{\n    {IF}\n  }}\n}}\n", {"K::f": 2}),
    ("csharp", "a statement of the top level", f"if (a && b) {{ x = 1; }}\nforeach (var y in z) {{\n  {IF}\n}}\n", {"<top level>": 4}),
    ("php", "an abstract method", "<?php\nabstract class K {\n  abstract protected function g(int $a): void;\n  #[R('/x')]\n  public function f($a) {\n    if ($a) { $x = 1; }\n  }\n}\n", {"K::f": 2}),
    ("rust", "a required method", f"trait T {{\n  fn g(&self) -> bool;\n  fn f(&self) -> bool {{\n    {IF.replace('(a)', 'a')}\n    true\n  }}\n}}\n", {"f": 2}),
    ("rust", "a foreign function", f'extern "C" {{\n  fn g(a: i32) -> i32;\n}}\nfn f<\'a>() {{\n  {IF.replace("(a)", "a")}\n}}\n', {"f": 2}),
    ("go", "a function in assembler", "package p\n\nfunc g(a int) int\nfunc f() {\n  if a { x = 1 }\n}\n", {"f": 2}),
    ("scala", "an abstract method", f"trait T {{\n  def g(a: Int): Int\n  def f(a: Boolean) = {{\n    {IF}\n  }}\n}}\n", {"f": 2}),
    ("kotlin", "an abstract method", f"interface I {{\n  fun g(a: Int)\n  val f: Int\n    get() {{\n      {IF}\n      return 1\n    }}\n}}\n", {"I::get": 2}),
    ("kotlin", "a call", f"class K {{\n  fun f(a: Int) {{\n    val b = L.get(a)\n    {IF}\n  }}\n  val c = 1\n  fun g() {{\n    {IF} {IF}\n  }}\n}}\n", {"K::f": 2, "g": 3}),
    ("cpp", "a handler of a constructor's", f"K::K() try : b(1) {{\n  {IF}\n}} catch (...) {{\n  {IF} {IF}\n}}\n", {"K::K": 5}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [pytest.param(case[0], case[2], case[3], id=f"{case[0]}: {case[1]}") for case in MERGED],
)
def test_what_is_no_function_takes_none_in(language: str, text: str, found: dict[str, int]) -> None:
    """lizard takes a class or a declaration for a function, and what follows for its body."""
    assert {each.name: each.ccn for each in functions(text, language)} == found


def test_code_that_lizard_takes_for_a_function_s_is_not_counted_twice() -> None:
    """A lambda in parentheses: to lizard the first function has the lines of all properties."""
    lines = "".join(f"  val p{n}: Int = {n}\n" for n in range(20))
    text = f"class K {{\n  fun f(a: Int) {{\n    val b = L.get(a)\n    g(b)\n  }}\n{lines}  fun g() {{ }}\n}}\n"
    assert [(each.name, each.nloc) for each in functions(text, "kotlin")] == [("g", 1), ("K::f", 4)]


def test_a_macro_around_items_hides_nothing() -> None:
    """Rust's tree leaves the text of a macro unread, and lizard gives it to no function."""
    ifs = "".join(f"    if a == {n} {{ x = {n}; }}\n" for n in range(5))
    text = f"lazy_static! {{\n  static ref X: i32 = {{\n{ifs}    b || c\n  }};\n}}\n"
    (top,) = functions(text, "rust")
    assert (top.name, top.ccn, top.nloc) == ("<top level>", 7, 6)
    assert functions("pin_project! {\n  struct S<R: ?Sized> { a: R }\n}\n", "rust") == []


def test_parameters_of_macros_are_counted() -> None:
    text = "#define M(a, b, c) ((a) ? (b) : (c))\n#define N() (a ? b : c)\n"
    assert [(each.name, each.parameters) for each in functions(text, "cpp")] == [("M", 3), ("N", 0)]


def test_of_functions_on_one_line_each_is_itself() -> None:
    text = "const s = g(a => a.x, b => b.y, (a, b) => a ? b ? 1 : 2 : 3);\n"
    (found,) = [each for each in functions(text, "javascript") if each.ccn > 1]
    assert (found.ccn, found.cognitive, found.parameters) == (3, 3, 2)


@pytest.mark.parametrize("name", ["union", "enum", "namespace", "class", "struct", "extern"])
def test_no_name_hides_a_function(name: str) -> None:
    """Words that begin a type in C++ are names elsewhere, also where lizard is blind."""
    text = f"#!/usr/bin/env node `\nclass K {{ {name}(a) {{ return a ? 1 : 2; }} }}\n"
    (js,) = functions(text, "javascript")
    assert (js.name, js.ccn, js.reader) == (name, 2, "tree")
    (c,) = functions(f"int {name}(int a) {{ return a ? 1 : 2; }}\n", "cpp")
    assert (c.name, c.ccn) == (name, 2)


def test_a_line_that_a_function_shares_hides_no_statement() -> None:
    ifs = "".join(f"  if (a == {n}) {{ b(); }}\n" for n in range(5))
    text = f"const f = () => 1; if (x) {{\n{ifs}}} const g = () => 2;\n"
    top = functions(text, "javascript")[-1]
    assert (top.name, top.ccn, top.cognitive) == ("<top level>", 7, 1 + 5 * 2)
    between = f"const f = () => 1; if (x) {{ const g = () => 2;\n{ifs}}} const h = () => 3;\n"
    assert functions(between, "javascript")[-1].ccn == 7
    declared = "const f: (a: () => void) => void =\n  a ? b : (c) => d;\n"
    assert [each.ccn for each in functions(declared, "typescript")][-1] == 2


def test_a_function_of_a_macro_costs_what_its_statements_cost() -> None:
    """No node of C++'s tree is a function here: lizard's stands, with CCN 4."""
    loops = "".join("  " * n + f"for (auto a : b{n}) {{\n" for n in range(3)) + "}\n" * 3
    (found,) = functions(f'TEST_CASE("x y")\n{{\n{loops}}}\n', "cpp")
    assert (found.reader, found.ccn, found.cognitive) == ("lizard", 4, 1 + 2 + 3)


def test_a_name_that_the_grammar_takes_apart_decides_nothing() -> None:
    text = (
        "  func implTestDefaultAsFlagWithTerminatorValueBeforeTerminator(\n"
        "    optionValue: String,\n    sourceLocation: SourceLocation = #_sourceLocation\n    ) { cmd in\n"
        "      #expect(cmd.option == optionValue, sourceLocation: sourceLocation)\n"
        '      #expect(cmd.files == ["other"], sourceLocation: sourceLocation)\n  }\n'
        "  @Test func defaultAsFlagWithValueWithTerminatorValueBeforeTerminator() throws\n"
    )
    assert tree_units(text, "swift").statements == []


def test_a_call_that_begins_a_body_is_not_its_function() -> None:
    """To lizard, which loses the end of the outer function, ``a(b)(`` is one of two lines."""
    lines = "".join(f"    local v{n} = {n}\n" for n in range(20))
    text = f'd("x", function()\n  it("y", function()\n    r("z").e({{\n      {{ a = function() end }},\n    }})\n{lines}  end)\nend)\n'
    assert sum(each.nloc for each in functions(text, "lua")) <= 29


def test_a_type_of_a_function_is_no_function() -> None:
    """To lizard the ``->`` of a type or the lines of a tag move functions, or begin one."""
    kotlin = "fun <T> f(\n  a: T,\n  b: (T) -> Unit,\n) {\n  if (a > 1) b(a)\n}\n"
    assert [(each.name, each.ccn) for each in functions(kotlin, "kotlin")] == [("f", 2)]
    buttons = "\n".join(
        f"      <B\n        r={{(a) => {{\n          a && b({n});\n        }}}}\n      >\n        {{' '}}\n        c\n      </B>"
        for n in range(3)
    )
    text = f"const P = () => {{\n  return (\n    <D>\n{buttons}\n    </D>\n  );\n}};\n"
    assert [each.ccn for each in functions(text, "tsx")].count(2) == 3
