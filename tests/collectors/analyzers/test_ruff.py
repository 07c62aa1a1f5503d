"""Findings as ruff's own on the same bytes, that depend on nothing but the bytes."""

import ast
import json
import random
import subprocess
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path

import pytest

from collectors.analyzers import ruff
from collectors.analyzers.program import installed_program
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Facts, Finding
from quality.model.recipe import Recipe

RECIPE = load_recipe("2026.2")
RULES = [rule for rule in RECIPE.rules_of("ruff") if rule.list != "excluded"]
BY_HAND = b"""\
import hashlib, random, requests
def f(a, password):
    if a is 5 or a <= a:
        return hashlib.md5(password)
def new_token():
    return random.random()
def throw_dice(a):
    requests.get("http://x")
    return random.random(), hashlib.md5(a)
"""
# md5 and random serve a secret by the names around them; those of the last line do not
FOUND_BY_HAND = [
    (3, 7, "F632"), (3, 17, "PLR0124"), (4, 15, "S324"), (6, 11, "S311"), (8, 4, "S113"),
]  # fmt: skip


def blob(content: bytes, language: str = "python") -> Blob:
    return Blob(sha1(b"blob %d\0" % len(content) + content).hexdigest(), language, content)


def measure(*contents: bytes, recipe: Recipe = RECIPE) -> list[Facts]:
    return list(ruff.measure([blob(content) for content in contents], recipe))


def findings(facts: Facts) -> list[Finding]:
    assert facts.reason is None
    return [row for row in facts.rows if isinstance(row, Finding)]


def places(facts: Facts) -> list[tuple[int, int, str]]:
    return [(row.line, row.column, row.rule) for row in findings(facts)]


def real() -> Iterator[bytes]:
    """Real code: pieces of the standard library, some of them old."""
    library = Path(ast.__file__).parent
    for name in ("cmd", "ftplib", "imaplib", "mailcap", "poplib", "smtpd", "telnetlib", "uu"):
        if (path := library / f"{name}.py").exists():
            yield path.read_bytes()


def test_counted_by_hand() -> None:
    assert places(measure(BY_HAND)[0]) == FOUND_BY_HAND


@pytest.mark.parametrize(
    ("comparison", "wrong"),
    [
        ("x != x", False),  # asks for NaN
        ("x == x", False),
        ("not total == total", False),
        (f"{'x' * 60} != {'x' * 60}", False),
        ("x is x", True),
        ("x in x", True),
        ("x < x", True),
        ("x >= x", True),
        ("len(x) == len(x)", True),
        ("id(x) != id(x)", True),
    ],
)
def test_a_test_for_nan_is_no_error(comparison: str, wrong: bool) -> None:
    [facts] = measure(f"y = {comparison}\n".encode())
    assert [row.rule for row in findings(facts)] == ["PLR0124"] * wrong


def test_as_ruff_itself(tmp_path: Path) -> None:
    plain = [rule.id for rule in RULES if not rule.only and not rule.near]
    contents = [BY_HAND, *real()]
    for number, content in enumerate(contents):
        (tmp_path / f"{number}.py").write_bytes(content)
    options = ["--isolated", "--no-cache", "--preview", "--ignore-noqa", "--exit-zero", "--quiet"]
    options += [f"--select={','.join(plain)}", "--output-format=json", "--target-version=py314"]
    program = installed_program("ruff", "ruff")
    run = subprocess.run(
        [program, "check", *options, "."], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    raw: dict[str, set[tuple[int, int, str]]] = {f"{n}.py": set() for n in range(len(contents))}
    for row in json.loads(run.stdout):
        start = row["location"]
        raw[Path(row["filename"]).name].add((start["row"], start["column"] - 1, row["code"]))
    measured = measure(*contents)
    ours = [{place for place in places(facts) if place[2] in plain} for facts in measured]
    assert ours == list(raw.values())
    assert sum(map(len, ours)) > 5


def test_order_and_neighbours_do_not_matter() -> None:
    contents = [BY_HAND, *real(), b"x = (\n"]
    together = dict(zip(contents, measure(*contents), strict=True))
    shuffled = random.Random(1).sample(contents, k=len(contents))
    assert dict(zip(shuffled, measure(*shuffled), strict=True)) == together
    assert {content: measure(content)[0] for content in contents} == together


@pytest.mark.parametrize(
    ("directive", "hidden"),
    [
        ("# noqa", True),
        ("#NOQA:F632", True),
        ("# noqa: F632, E501", True),
        ("# noqa: E501", False),
        ("# reason # noqa : F632", True),
        ("# pylint: disable=all", False),
        ("# type: ignore", False),
    ],
)
def test_a_directive_hides_nothing_and_is_noted(directive: str, hidden: bool) -> None:
    [facts] = measure(f"x = y is 5  {directive}\n".encode())
    assert [(row.line, row.rule, row.hidden) for row in findings(facts)] == [(1, "F632", hidden)]


@pytest.mark.parametrize(
    ("directive", "hidden"),
    [
        ("# nosec", True),
        ("# nosec B301", True),
        ("#nosec: B301,B302", True),
        ("# nosec B302", False),
    ],
)
def test_bandits_directive_is_noted_too(directive: str, hidden: bool) -> None:
    [facts] = measure(f"import pickle\nx = pickle.loads(y), y is 5  {directive}\n".encode())
    assert [(row.rule, row.hidden) for row in findings(facts)] == [
        ("S301", hidden),
        ("F632", False),
    ]


def test_a_directive_of_the_whole_file_is_noted_and_one_in_a_string_is_none() -> None:
    whole, text = measure(
        b"# ruff: noqa\n# flake8: noqa\nx = y is 5\n", b'z = """\n# ruff: noqa\n"""; x = z is 5\n'
    )
    assert [row.hidden for row in findings(whole)] == [True]
    assert [row.hidden for row in findings(text)] == [False]


def test_no_comment_configures_it() -> None:
    script = (
        b"# /// script\n# requires-python = '>=3.8'\n# [tool.ruff.lint]\n# ignore = ['ALL']\n"
        b"# ///\n# fmt: off\n# isort: skip_file\n"
    )
    assert places(measure(script + b"x = y is 5\n")[0]) == [(8, 4, "F632")]


def test_what_it_cannot_parse_is_unmeasured_and_leaves_the_others_alone() -> None:
    contents = [b"x = (\n", b"print 'a'\n", b"\0", BY_HAND, b"x = y is 5\n\tz\n", b"x = 1 \\", b""]
    facts = measure(*contents)
    assert [one.reason is None for one in facts] == [False, False, False, True, False, False, True]
    assert {one.cause for one in facts if one.reason} == {"supplier"}
    assert facts[0].reason == "syntax error: unexpected EOF while parsing in line 2"
    assert facts[2].reason == "contains NUL bytes"
    assert places(facts[3]) == FOUND_BY_HAND


def test_what_python_only_refuses_later_is_measured_all_the_same() -> None:
    [facts] = measure(b"def f(a, a):\n    return a is 5\nreturn 1\n")
    assert places(facts) == [(2, 11, "F632")]


def test_newer_grammar_is_read_by_every_python() -> None:
    [facts] = measure(b"def f[T](a: T):\n    type X = int\n    return a is 5\n")
    assert places(facts) == [(3, 11, "F632")]


def test_lines_are_the_files_own() -> None:
    wanted = {
        b"# coding: latin-1\nx = '\xe9', y is 5\n": (2, 9),
        b"\xef\xbb\xbfx = y is 5\n": (1, 4),
        b"a = 1\r\n# c\r\nx = y is 5\r\n": (3, 4),
        b"x = '''\n\x0c\n'''\n\x0c\nx = y is 5": (5, 4),
        b"if x:\n    x = y is 5\n    # c": (2, 8),
    }
    for (content, place), facts in zip(wanted.items(), measure(*wanted), strict=True):
        assert places(facts) == [(*place, "F632")], content


def test_a_notebooks_cells_are_read() -> None:
    cells = [{"cell_type": "code", "source": ["%matplotlib inline\n", "x = y is 5\n", "x"]}]
    book = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()
    [facts] = ruff.measure([blob(book, "notebook")], RECIPE)
    assert places(facts) == [(2, 4, "F632")]


def test_context_is_the_lines_code() -> None:
    first, second = measure(b"x = y is 5  # one\n", b"\n   \nif 1:\n    x  = y is 5\n")
    [one], [two] = findings(first), findings(second)
    assert one.context == two.context
