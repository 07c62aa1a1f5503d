"""Moves that end in a plain ``met``, so that the guide says honestly what is not caught: whoever
catches one moves it to ``moves``. ``words``: what stands against it."""

from __future__ import annotations

import io
import zipfile

from tests.quality.gaming.moves import (
    COMPLEX,
    COPIED,
    COPIES,
    ERRORS,
    KNOT,
    KNOT_C,
    REST,
    WRONG,
    Move,
    knot,
    move,
    plain,
)


def packed(text: str) -> bytes:
    """An archive with one file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(zipfile.ZipInfo("knot.py"), text)
    return content.getvalue()


STEPS = "".join(f"  STEP({n});\n" for n in range(30))
TABLE = "".join(f"    {n}: lambda a: a + {n},\n" for n in range(30))
RULES = "".join(f"- when: a == {n}\n  then: a + {n}\n" for n in range(30))

UNCAUGHT: tuple[Move, ...] = (
    move("a table of small functions", COMPLEX, KNOT,
         {**REST, "src/knot.py": f"T = {{\n{TABLE}}}\n\n\ndef knot(a):\n    return T[a](a)\n"},
         "it is often the better code"),
    move("rules in a data file that a small program walks", COMPLEX, KNOT,
         {**REST, "src/rules.yaml": RULES,
          "src/knot.py": "def knot(a):\n    for rule in rules():\n        a = rule(a)\n"
                         "    return a\n"},
         "report size.nloc beside it"),
    move("an archive named like a picture", COMPLEX, KNOT,
         {**REST, "src/knot.png": packed(knot())},
         "look at what is run when the product is installed"),
    move("statements behind a macro of another file", COMPLEX, KNOT_C,
         {**REST, "knot.h": "#define STEP(n) do { if (a == n) { a += n; } } while (0)\n",
          "knot.c": f'#include "knot.h"\nint f(int a) {{\n{STEPS}  return a;\n}}\n'},
         "look at macros in the review of a merge"),
    move("names that come from a star import", ERRORS, {**REST, "a.py": WRONG},
         {**REST, "a.py": "from elsewhere import *\n\n\n" + WRONG},
         "a type checker, as a source of findings"),
    move("errors in a language without an error analyzer", ERRORS, {**REST, "a.py": WRONG},
         {**REST, "a.lua": "function run()\n  return undefined_name()\nend\n"},
         "a service level on errors.coverage"),
    move("copies with a word changed in every few lines", COPIES, COPIED,
         {"a.py": plain(9), "b.py": plain(3).replace("value", "amount")},
         "a service level of class key on duplication.renamed_share"),
)  # fmt: skip
