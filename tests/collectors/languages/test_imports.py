"""What a text imports, counted by hand: odd nodes of the grammars, and where it is bounded."""

from __future__ import annotations

import pytest

from collectors.languages.imports import LONGEST, MOST, imports
from collectors.languages.trees import tree

LONG = ".".join(["a"] * LONGEST)


def found(text: str, language: str) -> list[tuple[int, int | None, str]]:
    return [(row.line, row.up, row.target) for row in imports(tree(text, language), language)]


@pytest.mark.parametrize(
    ("language", "text", "rows"),
    [
        ("python", "from \\\n  ..a \\\n .b import \\\n c\n", [(1, 1, "a/b"), (1, 1, "a/b/c")]),
        ("python", "from . import (a, # x\n b as c)\n", [(1, 0, "a"), (1, 0, "b")]),
        ("python", "from m import *\nimport a .b, a.b\n", [(1, None, "m"), (2, None, "a/b")]),
        ("python", "def f():\n    import a\nimport_module(x)\nx = 'import b'\n", [(2, None, "a")]),
        ("python", f"from {LONG} import a, b\n", []),
        ("javascript", "import a from 'a' with {type: 'b'};\nrequire(c);\n", [(1, None, "a")]),
        ("javascript", "require('../a/../../b.js');\nlet s = 'x';\n", [(1, 2, "b")]),
        ("java", "import a./* b.C */D;\nimport a.*;\nimport static a.K.*;\n",
         [(1, None, "a/D"), (3, None, "a/K")]),
        ("kotlin", "import a.`b`.c as d\n", [(1, None, "a/b/c")]),
        ("cpp", '#include <a/b.h>\n#include "c/./d/../e.h"\n', [(2, None, "c/e.h")]),
        ("php", "<?php require __DIR__ . '/a.php';\nrequire \"$b\";\n", [(1, 0, "a.php")]),
        ("rust", "use a::b;\n", []),
    ],
)  # fmt: skip
def test_imports_by_hand(language: str, text: str, rows: list[tuple[int, int | None, str]]) -> None:
    assert found(text, language) == rows


def test_more_than_are_kept_say_so() -> None:
    text = "".join(f"import x{n}\n" for n in range(MOST))
    assert found(text, "python")[-1] == (MOST, None, f"x{MOST - 1}")
    more = found(text + "import tests.core\n", "python")
    assert (len(more), more[-1]) == (MOST + 1, (MOST + 1, None, ""))
