"""Every known move by which a supplier could lift a value without better code, as a pair of trees.

``honest`` fails its service level, ``gamed`` is what he delivers instead. It fails too, as before
or as what cannot be measured; or it is met, and the page says ``words`` to whoever reads it. The
table in the guide ``quality/README.md`` lists the moves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from tests.quality.gaming.hidden import DECISIONS, HIDDEN
from tests.repositories import Entry, Submodule

Files = dict[str | bytes, Entry]

HEAD = """\
format: workmanship.contract/1
contract:
  id: {id}
  customer: Northwind Retail
  supplier: Acme Software
  starts: 2026-04-01
  ends: 2027-12-31
  period: quarter
  timezone: UTC
  recipe: "2026.2"
  unmeasured: failed
repositories:
  - {{name: r, url: {id}.git, branch: main}}
"""
COMPLEX, LARGEST, COPIES, ERRORS = "T-1", "T-2", "T-3", "T-4"
NEW_COMPLEX, NEW_COPIES, NEW_ERRORS, DEBT = "N-1", "N-2", "N-3", "N-4"
LEVELS = """\
  - {id: T-1, class: critical, indicator: complexity.nloc_share, above: 20, minimum: 8}
  - {id: T-2, class: critical, indicator: complexity.max, minimum: 20}
  - {id: T-3, class: critical, indicator: duplication.share, minimum: 10}
  - {id: T-4, class: critical, indicator: errors.density, minimum: 0.5}
"""
BASELINE = "baseline: {date: 2026-07-01}\n"
SINCE = """\
  - {id: N-1, class: critical, indicator: complexity.new_share, above: 20, minimum: 8}
  - {id: N-2, class: critical, indicator: duplication.new_share, minimum: 10}
  - {id: N-3, class: critical, indicator: errors.new_density, minimum: 5}
  - {id: N-4, class: critical, indicator: debt.reduction, minimum: 50}
"""


@dataclass(frozen=True)
class Tree:
    """What a supplier delivers; ``before``: what he delivered in the period before, ``taken_over``:
    and which is the baseline."""

    files: Files
    before: Files | None = None
    taken_over: bool = False

    @property
    def name(self) -> str:
        """A name for repository and contract, made of the content."""
        return sha256(repr(self).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Move:
    """A pair of trees under one service level of LEVELS, or several."""

    name: str
    levels: tuple[str, ...]
    honest: Tree
    gamed: Tree
    words: str = ""


def move(
    name: str, level: str, honest: Files, gamed: Files, words: str = "", before: Files | None = None
) -> Move:
    """A move that is flagged in ``words``, or fails without any."""
    trees = Tree(honest, before), Tree(gamed, before)
    return Move(name, (level,), *trees, words)


def since(name: str, level: str, honest: Files, gamed: Files) -> Move:
    """A move under a level that compares with INHERITED as the baseline; it fails without words."""
    trees = [
        Tree({**dict.fromkeys(INHERITED), **files}, INHERITED, taken_over=True)
        for files in (honest, gamed)
    ]
    return Move(name, (level,), *trees)


def plain(number: int, lines: int = 8, of: str = "p") -> str:
    """Ordinary functions, each with lines of its own."""
    return "\n".join(
        f"def {of}{n}(value):\n"
        + "".join(f"    value = value * {n} + {line} - {n * 97}\n" for line in range(lines - 2))
        + "    return value\n"
        for n in range(number)
    )


def knot(name: str = "knot") -> str:
    """A function with 30 decisions."""
    body = "".join(f"    if a == {n}:\n        a += {n}\n" for n in range(DECISIONS))
    return f"def {name}(a):\n{body}    return a\n"


def branchless(line: str) -> str:
    """A function with 30 lines, ``{n}`` in each being its number."""
    body = "".join(f"{line}\n".replace("{n}", str(n)) for n in range(DECISIONS))
    return f"def knot(a):\n{body}    return a\n"


def lines(text: str, change: str) -> str:
    """Each line that is not blank, changed: ``{}`` is the line, ``{n}`` its number."""
    return "".join(
        change.replace("{}", line).replace("{n}", str(n)) + "\n"
        for n, line in enumerate(text.splitlines())
    )


def renamed(text: str) -> str:
    """The same functions under other names, and with other names inside."""
    words = {"knot": "tangle", "plain": "simple", "value": "amount", "run": "start", "a": "operand"}
    return re.sub(r"\b[a-z]+\b", lambda word: words.get(word[0], word[0]), text)


REST = {"src/rest.py": plain(6)}
KNOT: Files = {**REST, "src/knot.py": knot()}
LEFT: Files = {**REST, "src/knot.py": None}
COPIED: Files = {"a.py": plain(9), "b.py": plain(3)}
NOT_A_NUMBER = "export function f(a) {\n  return a === NaN;\n}\n"
DIVISION = "int f(int n)\n{\n    return n / 0;\n}\n"
FILLER = "".join(f"int g{n}(int a) {{ return a + {n}; }}\n" for n in range(20))
WRONG = "def run():\n    return undefined_name\n"
CHAIN = "".join(f"def t{n}(a):\n    return {n} if a == {n} else t{n + 1}(a)\n" for n in range(30))
ONE_LINE = (
    "def knot(a):\n    return " + "".join(f"{n} if a == {n} else " for n in range(40)) + "a\n"
)
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"

BODY_C = "".join(f"  if (a == {n}) {{\n    a += {n};\n  }}\n" for n in range(DECISIONS))
KNOT_C: Files = {**REST, "knot.c": f"int f(int a) {{\n{BODY_C}  return a;\n}}\n"}
PROCEDURE = "".join(f"  IF a = {n} THEN\n    a := a + {n};\n  END IF;\n" for n in range(DECISIONS))
SCRIPT = "".join(f"export const t{n} = [{n}, {n * 7}];\n" for n in range(20))

MINE = "def mine():\n    return another_undefined\n"
OLD = plain(30)
INHERITED: Files = {"old.py": OLD, "knot.py": knot(), "copy.py": plain(3), "wrong.py": WRONG}
BAD: Files = {**INHERITED, "mine.py": MINE + knot("mine_too").replace("+=", "-=")}
COPY: Files = {**INHERITED, "mine.py": plain(6)}
TOUCHED = OLD.replace("    return value\n", "    return +value\n")
WORKED_IN = OLD.replace(
    "def p0(value):\n",
    "def p0(value):\n"
    + "".join(f"    if value == {n}:\n        value -= {n}\n" for n in range(DECISIONS)),
)

MOVES = (
    *(
        Move(f"{each.name} ({each.suffix})", (COMPLEX, LARGEST),
             Tree({f"k.{each.suffix}": each.files()[0]}),
             Tree({f"k.{each.suffix}": each.files()[1]}))
        for each in HIDDEN
    ),
    # ------------------------------------------------------------ fewer lines, more lines
    move("a function cut into one-liners", COMPLEX, KNOT, {**REST, "src/knot.py": CHAIN * 3},
         "Mostly tiny functions"),
    move("padding with trivial functions", COMPLEX, KNOT,
         {**KNOT, "pad.py": "".join(f"def g{n}(a):\n    return a\n" for n in range(500))},
         "Mostly tiny functions"),
    move("somebody else's library among the code", COMPLEX,
         {"a.py": plain(80), "k.py": knot() * 2},
         {"a.py": plain(80), "k.py": knot() * 2, "library.py": plain(160, 9, of="q")},
         "Half as much code again", {"a.py": plain(80), "k.py": knot() * 2}),
    move("padding with blank statements", COMPLEX, KNOT,
         {**KNOT, "pad.py": "def pad():\n" + "    pass\n" * 900},
         "Lines with next to nothing on them"),
    move("minified lines", COMPLEX, KNOT, {**REST, "src/knot.py": ONE_LINE},
         "Very long lines"),
    move("a giant literal", COPIES, COPIED,
         {**COPIED, "table.py": "T = [\n" + "".join(f"    {n},\n" for n in range(900)) + "]\n"},
         "Lines in no function"),
    move("code in a string", COMPLEX, KNOT, {**REST, "src/knot.py": f'exec("""{knot()}""")\n'},
         "exec-used"),
    move("choices as arithmetic", COMPLEX, KNOT,
         {**REST, "src/knot.py": branchless("    a += {n} * (a == {n})")},
         "Choices that no branch shows"),
    move("choices as indices", COMPLEX, KNOT,
         {**REST, "src/knot.py": branchless("    a = (lambda: a, lambda: a + {n})[a == {n}]()")},
         "Choices that no branch shows"),
    move("code in a string of another language", COMPLEX, KNOT,
         {**REST, "src/knot.py": f'SQL = """\n{PROCEDURE}"""\n'}, "Code in texts"),
    move("a macro of another file in place of a keyword", COMPLEX, KNOT_C,
         {**REST, "knot.h": "#define WHEN if\n",
          "knot.c": str(KNOT_C["knot.c"]).replace("if", "WHEN")},
         "Keywords behind macros"),
    move("a body that is included from data", COMPLEX, KNOT_C,
         {**REST, "knot.c": 'int f(int a) {\n#include "knot.def"\n return a; }\n',
          "knot.def": BODY_C},
         "Data that is run as code"),
    move("bare carriage returns", COMPLEX, KNOT,
         {**REST, "src/knot.py": knot().replace("\n", "\r")}),
    move("a long literal in many files", ERRORS, {**REST, "a.py": WRONG},
         {**REST, "a.py": WRONG,
          **{f"t{n}.py": "T = [\n" + "".join(f"    {n}{m},\n" for m in range(450)) + "]\n"
             for n in range(1, 7)}},
         "Lines in no function"),
    # ------------------------------------------------------------ where nobody looks
    move("vendored from the start", COMPLEX, KNOT, {**REST, "vendor/acme/knot.py": knot()},
         "Code that patterns take out"),
    move("generated by name from the start", COMPLEX, KNOT, {**REST, "src/knot_pb2.py": knot()},
         "Code that patterns take out"),
    move("among the tests from the start", COMPLEX, KNOT, {**REST, "tests/tools.py": knot()},
         "Complex functions among the tests"),
    move("moved among the tests", COMPLEX, KNOT, {**LEFT, "tests/knot.py": knot()},
         "Code that left production", KNOT),
    move("moved among generated files", COMPLEX, KNOT, {**LEFT, "src/knot_pb2.py": knot()},
         "Code that left production", KNOT),
    move("moved among vendored files", COMPLEX, KNOT, {**LEFT, "vendor/knot.py": knot()},
         "Code that left production", KNOT),
    move("renamed to a suffix that nobody reads", COMPLEX, KNOT, {**LEFT, "src/knot.txt": knot()},
         "Code that left production", KNOT),
    move("logic in a template", COMPLEX, KNOT,
         {**LEFT, "src/knot.html": "<script>" + HIDDEN[7].files()[0] + "</script>"},
         "Code that left production", KNOT),
    move("a repository that the contract does not name", COMPLEX,
         {"a.py": plain(80), "k.py": knot() * 2},
         {"a.py": plain(60), "k.py": None}, "A fifth of the code gone",
         {"a.py": plain(80), "k.py": knot() * 2}),
    move("a suffix in capitals", COMPLEX, KNOT, {**LEFT, "src/knot.PY": knot()}),
    move("a script without a suffix", COMPLEX, KNOT,
         {**LEFT, "bin/knot": "#!/usr/bin/env python3\n" + knot()}),
    move("a suffix that is seldom used", COMPLEX, KNOT, {**LEFT, "src/knot.pyw": knot()}),
    move("a name that ends in a blank", COMPLEX, KNOT, {**REST, "src/knot.py ": knot()},
         "Code that nobody looks at"),
    move("nothing but a submodule", COMPLEX, KNOT, {"lib": Submodule("12" * 20)}),
    # ------------------------------------------------------------ what an analyzer would obey
    move("a directive that silences pylint", ERRORS, {**REST, "a.py": WRONG},
         {**REST, "a.py": "# pylint: disable=all\n# pylint: skip-file\n" + WRONG}),
    move("a directive that silences oxlint", ERRORS, {**REST, "a.js": NOT_A_NUMBER},
         {**REST, "a.js": "/* eslint-disable */\n/* oxlint-disable */\n" + NOT_A_NUMBER}),
    move("a directive that silences cppcheck", ERRORS, {**REST, "a.c": DIVISION},
         {**REST, "a.c": DIVISION.replace("\n    return",
                                          "\n    // cppcheck-suppress zerodiv\n    return")}),
    move("the smaller side of an #ifdef", ERRORS, {**REST, "a.c": DIVISION},
         {**REST, "a.c": f"#ifdef A\n{FILLER}#else\n{DIVISION}#endif\n"}),
    move("a directive that lizard obeys", COMPLEX, KNOT,
         {**REST, "src/knot.py": "# GENERATED CODE\n# #lizard forgives\n" + knot()}),
    # ------------------------------------------------------------ copies that look different
    move("a comment on each copied line", COPIES, COPIED,
         {"a.py": plain(9), "b.py": lines(plain(3), "{}  # {n}")}),
    move("copies laid out differently", COPIES, COPIED,
         {"a.py": plain(9), "b.py": lines(plain(3).replace("    ", "\t"), "{}  ")}),
    move("a copy in a dialect of its language", COPIES, {"a.js": SCRIPT, "b.js": SCRIPT},
         {"a.js": SCRIPT, "b.ts": SCRIPT}),
    # ------------------------------------------------------------ what cannot be measured
    move("a NUL byte", COMPLEX, KNOT, {**REST, "src/knot.py": knot() + "\0"}),
    move("a syntax error", COMPLEX, KNOT, {**REST, "src/knot.py": knot() + "def (:\n"}),
    move("undecodable bytes", COMPLEX, KNOT,
         {**REST, "src/knot.py": (knot() + "# \xff\n").encode("latin-1")}),
    move("a pointer in place of the content", COMPLEX, KNOT,
         {**REST, "src/knot.py": LFS + "#" * 900 + "\n"}),
    move("a small pointer in place of the content", COMPLEX, KNOT,
         {**REST, "more.py": plain(20, of="q"), "src/knot.py": LFS}, "Git LFS pointer"),
    # ------------------------------------------------------------ new code under a baseline
    since("everything renamed around new errors", NEW_ERRORS, BAD,
          {**{f"new/{path}": renamed(text) for path, text in INHERITED.items()
              if path != "wrong.py"}, "errors.py": WRONG, "mine.py": BAD["mine.py"]}),
    since("everything laid out anew around new errors", NEW_ERRORS, BAD,
          {path: str(text).replace("    ", "\t").replace(" + ", "  +  ")
           for path, text in BAD.items()}),
    since("docstrings around new errors", NEW_ERRORS, BAD,
          {**BAD, "doc.py": '"""' + "Words that say nothing.\n" * 3000 + '"""\n'}),
    since("old functions moved with a token changed", NEW_COMPLEX, BAD,
          {**BAD, "old.py": None, "moved.py": TOUCHED}),
    since("new code spread into old functions", NEW_COMPLEX, BAD,
          {**INHERITED, "old.py": WORKED_IN}),
    since("new code under an old name", NEW_COMPLEX, BAD,
          {**INHERITED, "knot.py": knot().replace("+=", "-=").replace("== ", "== 1 + ")}),
    since("deleted and added again beside new code", NEW_COMPLEX, BAD,
          {**BAD, "knot.py": None, "again.py": knot("again")}),
    since("old code copied and the original moved", NEW_COPIES, COPY,
          {**COPY, "old.py": None, "elsewhere.py": OLD}),
    since("old errors on rewritten lines", DEBT, INHERITED,
          {**INHERITED, "wrong.py": WRONG.replace("undefined_name", "(undefined_name)")}),
)  # fmt: skip
