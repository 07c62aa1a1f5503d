"""Constructs of many languages in which a tool that reads tokens has overlooked a complex function.

Each is a file's text with a hole for 30 decisions; ``honest`` is the same code in plain sight.
"""

from __future__ import annotations

from dataclasses import dataclass

DECISIONS = 30


@dataclass(frozen=True)
class Hidden:
    """A construct: the file's suffix, the plain text and the one that hides, with ``{}`` for the
    decisions, and how one decision is written (``{n}``: its number; ``honestly``: in the plain
    text, where it differs)."""

    name: str
    suffix: str
    honest: str
    gamed: str
    decision: str
    honestly: str = ""

    def files(self) -> tuple[str, str]:
        """The honest and the gamed text."""
        honest, gamed = (
            " ".join(each.replace("{n}", str(n)) for n in range(DECISIONS))
            for each in (self.honestly or self.decision, self.decision)
        )
        return self.honest.replace("{}", honest), self.gamed.replace("{}", gamed)


C = "if (a == {n}) { a += {n}; }"
PLAIN_JAVA = "class K {\n int f(int a) {\n {}\n return a; }\n}\n"
PLAIN_CSHARP = "class K {\n int F(int a) {\n {}\n return a; }\n}\n"
PLAIN_JS = "function f(a) {\n {}\n return a; }\n"
PLAIN_C = "int f(int a) {\n {}\n return a; }\n"
PYTHON = "if a == {n}:\n        a += {n}\n   "
PLAIN_PYTHON = "def f(a):\n    {} return a\n"
PYTHON_CHAIN = "def f(a):\n    return (\n    {} a\n    )\n"
RUBY = "if a == {n} then a += {n} end\n"
PLAIN_RUBY = "def f(a)\n {}\n return a\nend\n"

HIDDEN = (
    Hidden("a bare annotation before one with arguments", "java", PLAIN_JAVA,
           '@Entity @Table(name = "k")\npublic class K {\n public int f(int a) {\n {}\n return a; }'
           "\n}\n", C),
    Hidden("a lambda in a field", "java", PLAIN_JAVA,
           "class K {\n java.util.function.IntUnaryOperator f = a -> {\n {}\n return a; };\n}\n",
           C),
    Hidden("an initialiser block", "java", PLAIN_JAVA,
           "class K {\n static int a;\n static {\n {}\n }\n}\n", C),
    Hidden("a type constraint with new()", "cs", PLAIN_CSHARP,
           "class K<T> where T : class, new() {\n int F(int a) {\n {}\n return a; }\n}\n", C),
    Hidden("a property's body", "cs", PLAIN_CSHARP,
           "class K {\n int a;\n int F {\n get {\n {}\n return a; } }\n}\n", C),
    Hidden("a record in a class", "cs", PLAIN_CSHARP,
           "class K {\n record R(int X) {\n int F(int a) {\n {}\n return a; } }\n}\n", C),
    Hidden("type parameters", "ts", "function f(a: number) {\n {}\n return a; }\n",
           "function f<T>(a: T): T {\n {}\n return a; }\n", C),
    Hidden("a regular expression of a backtick", "js", PLAIN_JS,
           "const tick = x => /`/.test(x);\nfunction f(a) {\n {}\n return a; }\n", C),
    Hidden("a static block", "js", PLAIN_JS,
           "class K {\n static {}\n f(a) {\n {}\n return a; }\n}\n", C),
    Hidden("code of a module", "js", PLAIN_JS, "let a = 1;\n{}\n", C),
    Hidden("two variants of a head", "c", PLAIN_C,
           "#ifdef A\nint f(int a) {\n#else\nint f(long a) {\n#endif\n {}\n return a; }\n", C),
    Hidden("a method that is defined by a block", "rb", PLAIN_RUBY,
           "class K\n define_method(:f) do |a|\n {}\n a\n end\nend\n", RUBY),
    Hidden("a quote in a here-document", "rb", PLAIN_RUBY,
           "TEXT = <<~END\n it's\nEND\n" + PLAIN_RUBY, RUBY),
    Hidden("a function on one line", "py", PYTHON_CHAIN,
           "def f(a): return [{}\n a]\n", "{n} if a == {n} else"),
    Hidden("a lambda", "py", PYTHON_CHAIN, "f = lambda a: (\n    {} a\n)\n",
           "{n} if a == {n} else\n   "),
    Hidden("the body of a class", "py", PLAIN_PYTHON, "class K:\n    a = 1\n    {} b = a\n",
           PYTHON),
    Hidden("code of a module", "py", PLAIN_PYTHON, "if True:\n    a = 1\n    {} b = a\n", PYTHON),
    Hidden("a closure in a variable", "php", "<?php\nfunction f($a) {\n {}\n return $a; }\n",
           "<?php\n$f = function ($a) {\n {}\n return $a; };\n", "if ($a == {n}) { $a += {n}; }"),
    Hidden("code of a script", "php", "<?php\nfunction f($a) {\n {}\n return $a; }\n",
           "<?php\n$a = 1;\n{}\n", "if ($a == {n}) { $a += {n}; }"),
    Hidden("a lambda in a property", "kt", "fun f(b: Int): Int {\n var a = b\n {}\n return a }\n",
           "val f = { b: Int ->\n var a = b\n {}\n a }\n", "if (a == {n}) { a += {n} }\n"),
    Hidden("a computed property", "swift", "func f(_ b: Int) -> Int {\n var a = b\n {}\n return a "
           "}\n", "struct K {\n var b = 1\n var f: Int {\n var a = b\n {}\n return a }\n}\n",
           "if a == {n} { a += {n} }\n"),
    Hidden("a function value of a package", "go",
           "package k\nfunc f(a int) int {\n {}\n return a }\n",
           "package k\nvar f = func(a int) int {\n {}\n return a }\n",
           "if a == {n} { a += {n} }\n"),
    Hidden("a closure in a static", "rs", "fn f(mut a: i32) -> i32 {\n {}\n a }\n",
           "static F: fn(i32) -> i32 = |mut a| {\n {}\n a };\n", "if a == {n} { a += {n}; }"),
    Hidden("an anonymous function", "lua", "function f(a)\n {}\n return a\nend\n",
           "local t = { f = function(a)\n {}\n return a\nend }\n",
           "if a == {n} then a = a + {n} end"),
    Hidden("a function value", "scala", "object K {\n def f(b: Int): Int = {\n var a = b\n {}\n a "
           "}\n}\n", "object K {\n val f = (b: Int) => {\n var a = b\n {}\n a }\n}\n",
           "if (a == {n}) { a += {n} }\n"),
    Hidden("a switch expression", "cs", PLAIN_CSHARP,
           "class K {\n int F(int a) {\n return a switch {\n {}\n _ => a };\n }\n}\n",
           "{n} when a > {n} => a + {n},\n", C),
    Hidden("patterns in place of operators", "cs", PLAIN_CSHARP,
           "class K {\n bool F(int a) {\n return a is {}\n 99;\n }\n}\n", "{n} or\n", C),
    Hidden("a query's conditions", "cs", PLAIN_CSHARP,
           "class K {\n object F(int a) {\n return from x in xs\n {}\n select x;\n }\n}\n",
           "where x == {n}\n", C),
    Hidden("statements outside a class", "cs", PLAIN_CSHARP, "int a = 1;\n{}\n", C + "\n"),
    Hidden("a keyword in escapes", "java", PLAIN_JAVA,
           "class K {\n int f(int a) {\n {}\n return a; }\n}\n",
           r"\u0069\u0066 (a == {n}) { a += {n}; }", C),
    Hidden("a comment that ends in an escape", "java", PLAIN_JAVA,
           "/* \\u002a\\u002f class K {\n int f(int a) {\n {}\n return a; }\n} /* */\n", C),
    Hidden("a match with conditions", "php", "<?php\nfunction f($a) {\n {}\n return $a; }\n",
           "<?php\nfunction f($a) {\n return match (true) {\n {} default => $a };\n}\n",
           "$a == {n} => $a + {n},\n", "if ($a == {n}) { $a += {n}; }"),
    Hidden("patterns in place of values", "rb", PLAIN_RUBY,
           "def f(a)\n case a\n {} end\n a\nend\n", "in {n} then a += {n}\n", RUBY),
    Hidden("a macro in place of a keyword", "c", PLAIN_C, "#define WHEN if\n" + PLAIN_C,
           "WHEN (a == {n}) { a += {n}; }\n", C),
    Hidden("a list that a macro walks", "c", PLAIN_C,
           "#define LIST {}\n#define X(n) if (a == n) a += n;\n"
           "int f(int a) {\n LIST\n return a; }\n",
           "X({n})", C),
    Hidden("a keyword over two lines", "c", PLAIN_C, PLAIN_C,
           "i\\\nf (a == {n}) { a += {n}; }\n", C),
)  # fmt: skip
