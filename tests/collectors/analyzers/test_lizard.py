from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.analyzers import lizard
from collectors.languages.comments import readers
from collectors.languages.suffixes import SUFFIXES
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Facts, FileSize, Function
from tests.collectors.programs import PROGRAMS
from tests.examples import examples

RECIPE = load_recipe("2026.2")
ROOT = Path(__file__).parents[3]


def measure(text: str | bytes, language: str = "python") -> Facts:
    content = text if isinstance(text, bytes) else text.encode()
    return next(lizard.measure([Blob("0" * 40, language, content)], RECIPE))


def functions(text: str, language: str = "python") -> dict[str, Function]:
    return {row.name: row for row in measure(text, language).rows if isinstance(row, Function)}


def numbers(facts: Facts) -> list[Any]:
    assert facts.reason is None
    size, *rows = facts.rows
    assert isinstance(size, FileSize)
    return [size.nloc] + [
        (f.name, f.nloc, f.ccn, f.tokens, f.parameters, f.start_line, f.end_line)
        for f in rows
        if isinstance(f, Function) and f.reader == "lizard"
    ]


def raw(path: Path) -> list[Any]:
    """What lizard's own library says of the file, directives obeyed."""
    from lizard_core.analysis import analyze_file

    found = analyze_file(str(path))
    return [found.nloc] + [
        (
            f.name,
            f.nloc,
            f.cyclomatic_complexity,
            f.token_count,
            f.parameter_count,
            f.start_line,
            f.end_line,
        )
        for f in found.function_list
    ]


def test_every_language_has_a_program() -> None:
    assert PROGRAMS.keys() == readers().keys() == SUFFIXES.keys()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_numbers_are_lizards(tmp_path: Path, name: str, newline: str) -> None:
    content = PROGRAMS[name].replace("\n", newline).encode()
    for bytes_ in (content, b"\xef\xbb\xbf" + content):
        path = tmp_path / f"a.{SUFFIXES[name][-1]}"
        path.write_bytes(bytes_)
        found = numbers(measure(bytes_, name))
        assert found == raw(path)
        assert len(found) > 1


@pytest.mark.slow
def test_numbers_are_lizards_on_real_code() -> None:
    import radon

    folders = [ROOT / "collectors", ROOT / "quality", Path(radon.__path__[0])]
    paths = sorted(path for folder in folders for path in folder.rglob("*.py"))
    assert len(paths) > 40
    for path in paths:
        text = path.read_text("utf-8")
        assert "forgive" in text or numbers(measure(text)) == raw(path)


def test_numbers_are_those_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "a.java"
    path.write_text(PROGRAMS["java"])
    command = [sys.executable, "-m", "lizard", "--csv", str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    printed = [
        (row[7], *(int(row[i]) for i in (0, 1, 2, 3, 9, 10)))
        for row in csv.reader(io.StringIO(out))
    ]
    assert printed == numbers(measure(PROGRAMS["java"], "java"))[1:]


SIGNS = {"cpp": "//", "go": "//", "python": "#", "perl": "#", "lua": "--", "fortran": "!"}
DIRECTIVES = [
    "#lizard forgives",
    "#lizard forgive",
    " lizard forgives",
    "lizard forgive global",
    "#lizard forgive global",
    "#lizard forgives(length, cyclomatic_complexity)",
    "# #lizard forgives \x0c x",
    " This is GENERATED CODE",
]


@pytest.mark.parametrize("directive", DIRECTIVES)
def test_directives_change_nothing(tmp_path: Path, directive: str) -> None:
    bare = directive.replace("lizard", "wizard").replace("GENERATED", "generated")
    obeyed = 0
    for name, sign in SIGNS.items():
        path = tmp_path / f"a.{SUFFIXES[name][0]}"
        lines = PROGRAMS[name].split("\n")
        for at in range(0, len(lines), 3):
            texts = [
                "\n".join([*lines[:at], f"{lines[at]} {sign}{text}", *lines[at + 1 :]])
                for text in (directive, bare)
            ]
            found = numbers(measure(texts[0], name))
            path.write_text(texts[1])
            assert found == raw(path)
            path.write_text(texts[0])
            obeyed += found != raw(path)
    # lizard's "global" and its directives with arguments hide no function of ours
    assert obeyed or "global" in directive or "(" in directive


def test_directives_in_strings_change_nothing(tmp_path: Path) -> None:
    text = (
        'def f(a):\n    x = "#lizard forgives"\n    return "GENERATED CODE"\n\ndef g():\n    pass\n'
    )
    path = tmp_path / "a.py"
    path.write_text(text)
    assert numbers(measure(text)) == raw(path) == [5, *raw(path)[1:]]
    assert list(functions(text)) == ["f", "g"]


def test_numbers_counted_by_hand() -> None:
    one = functions(PROGRAMS["python"])["one"]
    assert (one.start_line, one.end_line, one.parameters) == (5, 18, 4)
    assert functions("def f(a):\n    # c\n\n    if a and b:\n        return 1\n")["f"].ccn == 3
    assert measure("x = 1\n\n# c\ny = 2\n").rows == (FileSize(2),)
    assert measure("").rows == (FileSize(0),)


@pytest.mark.parametrize(
    ("name", "nesting"),
    [
        ("python", {"one": 1, "one.inner": 2, "two": 1}),
        ("cpp", {"one": 4, "flat": 1}),
        ("java", {"A::f": 2}),
        ("javascript", {"one": 1, "two": 2}),
        ("go", {"one": 2}),
        ("rust", {"one": 2}),
        ("kotlin", {"one": 2}),
        ("ruby", {"one": 0}),
    ],
)
def test_nesting(name: str, nesting: dict[str, int]) -> None:
    found = functions(PROGRAMS[name], name)
    assert {key: found[key].nesting for key in nesting} == nesting


BODY = "    if a:  # c\n        return g(a)\n    return '''x\n    y'''\n"


@pytest.mark.parametrize(
    "text",
    [
        "import os\n\n\nx = 1\n\n\ndef f(a):\n" + BODY + "\n\ny = 2\n",
        "def f(a):\n    # other\n\n" + BODY.replace("  # c", "\\\n  "),
        "class A:\n    def f(a):\n"
        + BODY.replace("    ", "      ", 1).replace("\n", "\n    ")
        + "\n",
        "def f( a ) :\n" + BODY.replace("    ", "\t"),
        "def h(a):\n" + BODY,
    ],
)
def test_a_digest_survives_what_is_no_change(text: str) -> None:
    [before] = functions("def f(a):\n" + BODY).values()
    [after] = functions(text).values()
    assert after.body == before.body
    assert 0 <= before.body < 2**64


@pytest.mark.parametrize("old", ["if a", "g(a)", "'''x", "return", "(a):"])
def test_a_digest_shows_a_change(old: str) -> None:
    text = "def f(a):\n" + BODY
    assert functions(text)["f"].body != functions(text.replace(old, old + "b", 1))["f"].body


@pytest.mark.parametrize(
    ("language", "before", "after", "same"),
    [
        ("python", "return g('a', b'')", 'return g(\n        "a",\n        b"",\n    )', True),
        ("python", "return [a, {1: r'x'}]", 'return [\n        a, {1: r"x",},\n    ]', True),
        ("python", "return 'a'", "return 'b'", False),
        ("python", "return g(a, b)", "return g(a)", False),
        ("python", "return '''a'''", "return 'a'", False),
        ("python", "return 'a\"b'", 'return "ab"', False),
        ("javascript", "return g('a', [b])", 'return g(\n"a",\n[b,],\n)', True),
        ("go", "return g(a, b)", "return g(\na,\nb,\n)", True),
        ("cpp", "return 'a';", 'return "a";', False),
    ],
)
def test_a_digest_survives_a_formatter(language: str, before: str, after: str, same: bool) -> None:
    frame = {
        "python": "def f(a):\n    %s\n",
        "javascript": "function f(a) { %s }\n",
        "go": "func f(a int) int {\n%s\n}\n",
        "cpp": "int f(int a) { %s }\n",
    }[language]
    [one] = functions(frame % before, language).values()
    [two] = functions(frame % after, language).values()
    assert (one.body == two.body) is same


def test_a_digest_is_the_functions_own() -> None:
    text = "function f() { %s } function g() { b(); }"
    one = functions(text % "a();", "javascript")
    two = functions(text % "if (a) { a(); }", "javascript")
    assert one["g"].body == two["g"].body
    assert one["f"].body != two["f"].body


def test_facts_do_not_depend_on_order_or_neighbours() -> None:
    blobs = [Blob(name, name, text.encode()) for name, text in PROGRAMS.items()]
    blobs += [Blob(f"{b.oid} cut", b.language, b.content[: len(b.content) // 2]) for b in blobs]
    alone = {blob.oid: next(lizard.measure([blob], RECIPE)) for blob in blobs}
    for seed in range(3):
        random.Random(seed).shuffle(blobs)
        facts = list(lizard.measure(blobs, RECIPE))
        assert [fact.blob for fact in facts] == [blob.oid for blob in blobs]
        assert all(fact == alone[fact.blob] for fact in facts)


def test_the_search_path_stays() -> None:
    code = (
        "import sys; before = list(sys.path);"
        "from collectors.analyzers import lizard;"
        "from tests.collectors.analyzers.test_lizard import measure; measure('x = 1');"
        "sys.exit(sys.path != before)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


PIECES = [
    *("{", "}", "(", ")", "[", "]", "<", ">", ";", ":", ",", "=", "=>", "'", '"', "\n", " ", "\t"),
    *("if", "else", "case", "match", "def ", "fn ", "func ", "sub ", "function ", "class ", "end"),
    *("#", "//", "/*", "*/", "--", "<?php", "<script>", "a", "?", "&&", "->", "#if", "#else", "\\"),
    *("\r\n", "\x0c", "é", '"""', "`", "${", "#{", "GENERATED CODE", "lizard forgives"),
]


@pytest.mark.slow
@examples(300)
@given(
    st.sampled_from(sorted(PROGRAMS)),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.integers(0, 400),
)
def test_any_text_ends_as_rows_or_reason(name: str, text: str, at: int) -> None:
    program = PROGRAMS[name]
    facts = measure(program[:at] + text + program[at:], name)
    assert facts.reason is None or (0 < len(facts.reason) <= 200 and not facts.rows)
    assert facts == measure(program[:at] + text + program[at:], name)


def test_what_cannot_be_read_has_a_reason() -> None:
    assert measure(b"\xff", "go").reason == "undecodable bytes: not utf-8"
