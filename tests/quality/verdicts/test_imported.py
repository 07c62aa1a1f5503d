"""Production code that imports test files: counted by hand in each language, no false alarm."""

from __future__ import annotations

import pytest

from quality.model.evaluation import Evaluation
from tests.conftest import Desk
from tests.repositories import Entry

pytestmark = pytest.mark.slow

Files = dict[str | bytes, Entry]
PATTERNS = (
    'files: {tests: ["**/tests/**", "**/test/**", "**/test_*.py", "**/*_test.go"], '
    'vendored: ["third/**"]}\n'
)
CODE = "def f(a):\n    return a\n"


Place = tuple[str, int | None, str]


def places(evaluation: Evaluation) -> list[Place]:
    """The places of the sign, the test file alone for what it says."""
    found = {each.id: each for each in evaluation.scorecard.signs}
    if "imported" not in found:
        return []
    return [(p.path, p.line, p.what.removeprefix("imports the test file "))
            for p in found["imported"].first]  # fmt: skip


HIDDEN: dict[str, tuple[Files, list[tuple[str, int, str]]]] = {
    "python": (
        {"app/__init__.py": "", "app/tests/core.py": CODE, "app/tests/__init__.py": "",
         "app/a.py": "import os\nfrom app.tests import core\n",
         "app/b.py": "from .tests.core import f\n", "app/c.py": "from . import d\n",
         "app/d.py": "import importlib\nx = importlib.import_module('app.tests.core')\n",
         "app/deep/e.py": "from ..tests import (\n    core as g,\n)\n"},
        [("app/a.py", 2, "app/tests/core.py"), ("app/b.py", 1, "app/tests/core.py"),
         ("app/d.py", 2, "app/tests/core.py"), ("app/deep/e.py", 1, "app/tests/core.py")],
    ),
    "python from the tests' own root": (
        {"tests/shop/core.py": CODE, "main.py": "import shop.core\n"},
        [("main.py", 1, "tests/shop/core.py")],
    ),
    "python beside it": (
        {"jobs/test_run.py": CODE, "jobs/main.py": "import test_run\n",
         "m.py": "import test_run\n"},
        [("jobs/main.py", 1, "jobs/test_run.py")],
    ),
    "javascript": (
        {"test/core.js": "exports.f = 1;\n", "test/lib/index.mjs": "export const a = 1;\n",
         "src/a.js": "const c = require('../test/core');\n",
         "src/b.mjs": "export * from '../test/lib';\n",
         "index.js": "async function f() {\n  return import('./test/core.js');\n}\n"},
        [("index.js", 2, "test/core.js"), ("src/a.js", 1, "test/core.js"),
         ("src/b.mjs", 1, "test/lib/index.mjs")],
    ),
    "typescript": (
        {"src/test/core.ts": "export const a = 1;\n", "src/test/View.tsx": "export const V = 1;\n",
         "src/a.ts": "import {a} from '@/test/core';\n",
         "src/b.tsx": "import {V} from './test/View';\n",
         "src/c.ts": "import c = require('./test/core.js');\n",
         "src/D.svelte": "<script>\nimport {a} from './test/core';\n</script>\n"},
        [("src/D.svelte", 2, "src/test/core.ts"), ("src/a.ts", 1, "src/test/core.ts"),
         ("src/b.tsx", 1, "src/test/View.tsx"), ("src/c.ts", 1, "src/test/core.ts")],
    ),
    "java": (
        {"src/test/java/org/a/Core.java": "package org.a;\nclass Core {}\n",
         "src/main/java/org/a/A.java": "package org.a;\nimport java.util.List;\n"
              "import org.a.Core;\nclass A {}\n",
         "src/main/java/org/a/B.java": "package org.a;\nimport static org.a.Core.run;\n"
              "class B {}\n"},
        [("src/main/java/org/a/A.java", 3, "src/test/java/org/a/Core.java"),
         ("src/main/java/org/a/B.java", 2, "src/test/java/org/a/Core.java")],
    ),
    "kotlin and scala": (
        {"src/test/kotlin/org/a/Core.kt": "package org.a\nclass Core\n",
         "src/main/kotlin/A.kt": "import org.a.Core as C\nfun f(): Int { return 1 }\n",
         "src/main/scala/B.scala": "import org.a.{Core => C, D}\nobject B { def f = 1 }\n"},
        [("src/main/kotlin/A.kt", 1, "src/test/kotlin/org/a/Core.kt"),
         ("src/main/scala/B.scala", 1, "src/test/kotlin/org/a/Core.kt")],
    ),
    "cpp": (
        {"test/core.h": "int f(void);\n",
         "src/a.c": '#include <stdio.h>\n#include "test/core.h"\nint g;\n',
         "src/b.cc": '#include "../test/core.h"\nint h() { return 1; }\n'},
        [("src/a.c", 2, "test/core.h"), ("src/b.cc", 1, "test/core.h")],
    ),
    "go": (
        {"go.mod": "module a.org/m\n", "core/c.go": "package core\n",
         "tests/t.go": "package tests\n",
         "main.go": 'package main\n\nimport (\n\t"a.org/m/core"\n\tx "a.org/m/tests"\n)\n',
         "other.go": 'package main\n\nimport "b.org/m/tests"\n'},
        [("main.go", 5, "tests/t.go")],
    ),
    "php": (
        {"tests/core.php": "<?php function f() { return 1; }\n",
         "src/a.php": "<?php\nrequire_once __DIR__ . '/../tests/core.php';\n",
         "b.php": "<?php include('tests/core.php');\ninclude $x;\n"},
        [("b.php", 1, "tests/core.php"), ("src/a.php", 2, "tests/core.php")],
    ),
    "ruby": (
        {"test/shop/core.rb": "def f; 1; end\n",
         "lib/a.rb": "require 'json'\nrequire_relative '../test/shop/core'\n",
         "lib/b.rb": "require 'shop/core'\n"},
        [("lib/a.rb", 2, "test/shop/core.rb"), ("lib/b.rb", 1, "test/shop/core.rb")],
    ),
}  # fmt: skip


HONEST: Files = {
    "shop/__init__.py": "from .core import f\n", "shop/core.py": CODE, "shop/utils.py": CODE,
    "tests/__init__.py": "", "tests/core.py": CODE, "tests/yaml.py": CODE,
    "tests/shop/core.py": CODE,  # shop/core.py answers too
    "tests/utils/more.py": CODE,  # what shop/utils.py has, not what tests/utils holds
    "tests/web/django/views.py": CODE, "tests/web/__init__.py": "",  # no root of any name
    "third/gtest/gtest.h": "int f(void);\n", "tests/gtest/gtest.h": "int f(void);\n",
    "shop/a.py": "import yaml, shop.core, core\nfrom utils import more\nimport django.views\n"
                 "from shop.utils import more\nTEXT = 'import tests.core'\n"
                      "# import tests.core\n",
    "tests/test_a.py": "import tests.core\n",  # tests may
    "src/a.c": '#include "gtest/gtest.h"\n#include <tests/gtest/gtest.h>\nint g;\n',
    "web/a.js": "import {t} from 'lib/test';\nrequire('test');\nrequire(tests + '/core');\n",
    "web/test/b.js": "var b;\n", "test/lib.js": "var c;\n",
    "src/main/java/A.java": "import org.a.*;\nclass A {}\n",
    "src/test/java/org/a/B.java": "package org.a;\nclass B {}\n",
    "x.py": "import web.test.b\n",  # another language's
}  # fmt: skip
MANY = "".join(f"import x{n}\n" for n in range(6_000))
HOSTILE: Files = {
    "tests/it's \"50%_\\.js": "var a;\n",
    "a.js": "require('./tests/it\\'s');\nrequire(`./tests/it's \"50%_\\`);\n",
    "tests/[x](y).js": "var b;\n", "b.js": "import './tests/[x](y).js';\n",
    "tests/core.py": CODE, "many.py": MANY + "import tests.core\n",
    "up.py": "from ......... import tests\n",
    "c.h": '#include "../../../../tests/core.py"\nint a;\n',
}  # fmt: skip
CASES = {**{name: files for name, (files, _) in HIDDEN.items()}, "honest": HONEST,
         "hostile": HOSTILE}  # fmt: skip


@pytest.fixture(scope="module")
def imported(shared_desk: Desk) -> dict[str, list[Place]]:
    """The places in each case: repositories of their own, measured in one run."""
    names = {f"case-{number}": name for number, name in enumerate(CASES)}
    for short, name in names.items():
        shared_desk.repository(short, CASES[name])
        shared_desk.contract([short], name=short, more=PATTERNS)
    assert shared_desk.measure().problems == []
    return {names[each.contract_id.lower()]: places(each) for each in shared_desk.evaluate()}


@pytest.mark.parametrize("language", HIDDEN)
def test_production_code_among_the_tests(imported: dict[str, list[Place]], language: str) -> None:
    assert imported[language] == HIDDEN[language][1]


def test_honest_imports_are_no_sign(imported: dict[str, list[Place]]) -> None:
    assert imported["honest"] == []


def test_hostile_names_and_very_many_imports(imported: dict[str, list[Place]]) -> None:
    found = imported["hostile"]
    assert ("b.js", 1, "tests/[x](y).js") in found
    assert [place for place in found if place[0] not in ("a.js", "b.js")] == [
        ("many.py", 5_001, "more imports than are kept")
    ]
