"""Signs: what lifts a value without better code is shown with its places; honest code has none."""

from __future__ import annotations

import pytest

from quality.catalogue.signs import SIGNS
from quality.store.definitions import SQL
from reports.scorecard import json, terminal
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.repositories import Entry

Files = dict[str | bytes, Entry]
PATTERNS = 'files: {tests: ["tests/**"], vendored: ["lib/**"], generated: ["*_pb2.py"]}\n'


def functions(number: int, lines: int) -> str:
    """``number`` functions of ``lines`` lines each, with 3 or more tokens a line."""
    body = "".join(f"    a = a + {n}\n" for n in range(lines - 2))
    return "".join(f"def f{n}(a):\n{body}    return a\n" for n in range(number))


TINY = "".join(f"def t{n}(a):\n    return {n}\n" for n in range(31))
CASES: dict[str, tuple[Files, Files]] = {  # what was delivered before, and on top of it
    "honest": (
        {"a.py": functions(20, 6), "tests/test_a.py": functions(3, 4)},
        {"a.py": functions(18, 6), "b/a.py": functions(5, 8), "notes.txt": "x\n"},
    ),
    "moved": (
        {
            "src/one.py": functions(2, 6), "src/two.py": functions(2, 7),
            "src/three.py": functions(2, 8), "src/kept.py": functions(9, 9),
            "tests/kept.py": "x = 1\n",
        },
        {
            "src/one.py": None, "tests/other.py": functions(2, 6),  # the same content
            "src/two.py": None, "tests/two.py": functions(2, 6) + "x = 1\n",  # the same name
            "src/three.py": None, "data/three.tpl": "x\n",  # another suffix
            "src/kept.py": None, "other/kept.py": functions(9, 9),  # within production: all is well
        },
    ),
    "left-79": ({"a.py": functions(100, 6)}, {"a.py": functions(79, 6)}),
    "left-80": ({"a.py": functions(100, 6)}, {"a.py": functions(80, 6)}),
    "grown": ({"a.py": functions(100, 6)}, {"b.py": functions(50, 6)}),
    "growing": ({"a.py": functions(100, 6)}, {"b.py": functions(49, 6)}),
    "padded": ({}, {"a.py": functions(10, 6), "b.py": TINY}),
    "calm": ({}, {"a.py": functions(11, 6), "b.py": TINY}),
    "dense": ({}, {
        "long.py": f"def long(a):\n    return {' + '.join(['a'] * 73)}\n",
        "empty.py": "def empty(a):\n" + "    pass\n" * 39, "a.py": functions(20, 6),
    }),
    "literal": ({}, {
        "table.py": "TABLE = [\n" + "    1,\n" * 498 + "]\n", "a.py": functions(20, 6),
    }),
    "excluded": ({}, {
        "a.py": "a" * 80, "lib/b.py": "b" * 10, "c_pb2.py": "c" * 10, "lib/c.txt": "c" * 99,
    }),
    "included": ({}, {
        "a.py": "a" * 82, "lib/b.py": "b" * 9, "c_pb2.py": "c" * 9,
        "tests/test_a.py": functions(1, 5) + "def test_all(a):\n" + "    a = a or 1\n" * 20,
        "tests/tools.py": "def run(a):\n" + "    if a:\n        a += 1\n" * 20,
        "x.c": '#include "x.h"\n#include "src/y.def"\n#include <z.txt>\n', "src/y.def": "int y;\n",
        "x.h": "int x;\n", "b.py": 'import runpy\nrunpy.run_path("k.txt")\n', "k.txt": "x = 1\n",
        "a.js": 'import "./a.css";\n', "a.css": "b {}\n",
    }),
    "flat": ({}, {
        **{f"t{n}.py": "T = [\n" + "    1,\n" * 248 + "]\n" for n in range(2)},
        "a.py": functions(83, 6),
    }),
    "less-flat": ({}, {
        **{f"t{n}.py": "T = [\n" + "    1,\n" * 248 + "]\n" for n in range(2)},
        "a.py": functions(84, 6),
    }),
    "alike": ({}, {"Core.py": functions(20, 6), "core.py": functions(2, 6)}),
}  # fmt: skip
Signs = dict[str, list[tuple[str, int | None, str]]]


@pytest.fixture(scope="module")
def seen(shared_desk: Desk) -> dict[str, Signs]:
    """What is seen in each case, by the sign's id; a contract each, all measured in one run."""
    for name, (before, now) in CASES.items():
        repository = shared_desk.repository(name, before, at="2026-05-01T00:00:00Z")
        repository.commit(now, at="2026-08-01T00:00:00Z")
        shared_desk.contract([name], name=name, starts="2026-04-01", more=PATTERNS)
    shared_desk.measure()
    found = [each.scorecard.signs for each in shared_desk.evaluate()]
    assert all(sign.places == len(sign.first) for signs in found for sign in signs)
    told = ({s.id: [(p.path, p.line, p.what) for p in s.first] for s in signs} for signs in found)
    return dict(zip(CASES, told, strict=True))


def test_each_sign_has_its_query() -> None:
    assert {entry.name.removesuffix(".sql") for entry in (SQL / "signs").iterdir()} == set(SIGNS)


@pytest.mark.slow
def test_honest_work_shows_none(seen: dict[str, Signs]) -> None:
    assert seen["honest"] == {}


def test_code_that_leaves_production_by_content_by_name_and_by_suffix(
    seen: dict[str, Signs],
) -> None:
    assert seen["moved"]["moved"] == [
        ("data/three.tpl", None, "was production code at src/three.py, is of class unread now"),
        ("tests/other.py", None, "was production code at src/one.py, is of class test now"),
        ("tests/two.py", None, "was production code at src/two.py, is of class test now"),
    ]


def test_a_fifth_of_the_code_gone(seen: dict[str, Signs]) -> None:
    what = "474 lines of production code, 600 in the period before"
    assert seen["left-79"] == {"shrunk": [("", None, what)]}
    assert seen["left-80"] == {}


def test_padding_with_tiny_functions(seen: dict[str, Signs]) -> None:
    what = "31 of 41 functions have at most three lines, and 62 of the 122 lines of all"
    assert seen["padded"] == {"tiny": [("", None, what)]}
    assert seen["calm"] == {}  # 62 of 128 lines


def test_lines_that_hold_too_much_or_nothing(seen: dict[str, Signs]) -> None:
    assert seen["dense"] == {
        "dense": [("long.py", 1, "long: 151 tokens on 2 lines")],
        "sparse": [("empty.py", 1, "empty: 44 tokens on 40 lines")],
    }


def test_a_giant_literal(seen: dict[str, Signs]) -> None:
    what = "500 lines of code, 0 of them in functions"
    assert seen["literal"] == {"outside": [("table.py", None, what)]}


def test_names_that_look_alike(seen: dict[str, Signs]) -> None:
    assert seen["alike"] == {"twins": [("core.py", None, "looks like Core.py")]}


def test_they_are_told_on_the_page_the_terminal_and_in_json(
    seen: dict[str, Signs], shared_desk: Desk
) -> None:
    assert seen["alike"].keys() == {"twins"}
    shared_desk.contracts = [shared_desk.folder / "alike.contract.yaml"]
    (evaluation,) = shared_desk.evaluate(pages=True)
    page = html.page(evaluation)
    assert "1 sign to look at" in page
    assert "looks like Core.py" in page
    assert "look at: names that look alike (1 place)" in terminal.render([evaluation])
    assert '"what": "looks like Core.py"' in json.render([evaluation])


def test_code_that_patterns_take_out_is_told_from_a_tenth_on(seen: dict[str, Signs]) -> None:
    assert seen["excluded"]["excluded"] == [
        ("", None, "1 file of class generated, 10 % of the code"),
        ("", None, "1 file of class vendored, 10 % of the code"),
    ]
    assert "excluded" not in seen["included"]


def test_data_that_is_run_and_complex_tests_are_shown(seen: dict[str, Signs]) -> None:
    assert seen["included"]["loaded"] == [
        ("b.py", 2, "runs k.txt as code"), ("x.c", 2, "runs src/y.def as code"),
    ]  # fmt: skip
    assert seen["included"]["tested"] == [
        ("tests/test_a.py", 6, "test_all: complexity 21"),
        ("tests/tools.py", 1, "run: complexity 21"),
    ]


def test_small_files_without_functions_are_seen_together(seen: dict[str, Signs]) -> None:
    assert seen["flat"]["outside"] == [
        ("", None, "500 of 998 lines of code are in 2 files with hardly any function"),
    ]
    assert "outside" not in seen["less-flat"]  # 500 of 1,004


def test_half_as_much_code_again_is_seen_and_less_is_not(seen: dict[str, Signs]) -> None:
    assert seen["grown"]["grown"] == [
        ("", None, "900 lines of production code, 600 in the period before"),
    ]
    assert "grown" not in seen["growing"]
