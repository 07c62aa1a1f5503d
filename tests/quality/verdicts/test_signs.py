"""Signs: what lifts a value without better code is shown with its places; honest code has none."""

from __future__ import annotations

import pytest

from quality.catalogue.signs import SIGNS
from quality.store.migrating import SQL
from reports.scorecard import html, json, terminal
from tests.conftest import Desk
from tests.examples import table
from tests.repositories import Entry

Files = dict[str | bytes, Entry]
PATTERNS = 'files: {tests: ["tests/**"]}\n'


def functions(number: int, lines: int) -> str:
    """``number`` functions of ``lines`` lines each, with 3 or more tokens a line."""
    body = "".join(f"    a = a + {n}\n" for n in range(lines - 2))
    return "".join(f"def f{n}(a):\n{body}    return a\n" for n in range(number))


def signs(desk: Desk, before: Files, now: Files) -> dict[str, list[tuple[str, int | None, str]]]:
    """What is seen after ``now`` on top of ``before``, by the sign's id."""
    billing = desk.repository("billing", before, at="2026-05-01T00:00:00Z")
    billing.commit(now, at="2026-08-01T00:00:00Z")
    desk.folder.mkdir(exist_ok=True)
    desk.contract(["billing"], starts="2026-04-01", more=PATTERNS)
    desk.measure()
    found = desk.evaluate()[0].scorecard.signs
    assert all(sign.places == len(sign.first) for sign in found)
    return {each.id: [(p.path, p.line, p.what) for p in each.first] for each in found}


def test_each_sign_has_its_query() -> None:
    assert {entry.name.removesuffix(".sql") for entry in (SQL / "signs").iterdir()} == set(SIGNS)


def test_honest_work_shows_none(desk: Desk) -> None:
    before: Files = {"a.py": functions(20, 6), "tests/test_a.py": functions(3, 4)}
    now: Files = {"a.py": functions(18, 6), "b/a.py": functions(5, 8), "notes.txt": "x\n"}
    assert signs(desk, before, now) == {}


def test_code_that_leaves_production_by_content_by_name_and_by_suffix(desk: Desk) -> None:
    before: Files = {
        "src/one.py": functions(2, 6), "src/two.py": functions(2, 7),
        "src/three.py": functions(2, 8), "src/kept.py": functions(9, 9), "tests/kept.py": "x = 1\n",
    }  # fmt: skip
    now: Files = {
        "src/one.py": None, "tests/other.py": functions(2, 6),  # the same content
        "src/two.py": None, "tests/two.py": functions(2, 6) + "x = 1\n",  # the same name
        "src/three.py": None, "data/three.tpl": "x\n",  # another suffix
        "src/kept.py": None, "lib/kept.py": functions(9, 9),  # within production: all is well
    }  # fmt: skip
    assert signs(desk, before, now)["moved"] == [
        ("data/three.tpl", None, "was production code at src/three.py, is of class unread now"),
        ("tests/other.py", None, "was production code at src/one.py, is of class test now"),
        ("tests/two.py", None, "was production code at src/two.py, is of class test now"),
    ]


@pytest.mark.parametrize(("left", "seen"), table([(79, True), (80, False)], {0}))
def test_a_fifth_of_the_code_gone(desk: Desk, left: int, seen: bool) -> None:
    found = signs(desk, {"a.py": functions(100, 6)}, {"a.py": functions(left, 6)})
    what = f"{6 * left} lines of production code, 600 in the period before"
    assert found == ({"shrunk": [("", None, what)]} if seen else {})


def test_padding_with_tiny_functions(desk: Desk) -> None:
    tiny = "".join(f"def t{n}(a):\n    return {n}\n" for n in range(31))
    found = signs(desk, {}, {"a.py": functions(10, 6), "b.py": tiny})
    what = "31 of 41 functions have at most three lines, and 62 of the 122 lines of all"
    assert found == {"tiny": [("", None, what)]}
    calm = signs(Desk(desk.folder / "calm"), {}, {"a.py": functions(11, 6), "b.py": tiny})
    assert calm == {}  # 62 of 128 lines


@pytest.mark.slow
def test_lines_that_hold_too_much_or_nothing(desk: Desk) -> None:
    long = f"def long(a):\n    return {' + '.join(['a'] * 73)}\n"
    empty = "def empty(a):\n" + "    pass\n" * 39
    found = signs(desk, {}, {"long.py": long, "empty.py": empty, "a.py": functions(20, 6)})
    assert found["dense"] == [("long.py", 1, "long: 151 tokens on 2 lines")]
    assert found["sparse"] == [("empty.py", 1, "empty: 44 tokens on 40 lines")]
    assert found.keys() == {"dense", "sparse"}


@pytest.mark.slow
def test_a_giant_literal(desk: Desk) -> None:
    table = "TABLE = [\n" + "    1,\n" * 498 + "]\n"
    found = signs(desk, {}, {"table.py": table, "a.py": functions(20, 6)})
    assert found == {"outside": [("table.py", None, "500 lines of code, 0 of them in functions")]}


def test_names_that_look_alike(desk: Desk) -> None:
    found = signs(desk, {}, {"Core.py": functions(20, 6), "core.py": functions(2, 6)})
    assert found == {"twins": [("core.py", None, "looks like Core.py")]}


def test_they_are_told_on_the_page_the_terminal_and_in_json(desk: Desk) -> None:
    found = signs(desk, {}, {"Core.py": functions(2, 6), "core.py": functions(3, 6)})
    assert found.keys() == {"twins"}
    (evaluation,) = desk.evaluate(pages=True)
    page = html.page(evaluation)
    assert "1 sign to look at" in page
    assert "looks like Core.py" in page
    assert "look at: names that look alike (1 place)" in terminal.render([evaluation])
    assert '"what": "looks like Core.py"' in json.render([evaluation])
