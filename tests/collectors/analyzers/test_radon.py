"""Every number against radon itself, its library or its command, on the same text."""

import ast
import json
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest
import radon.complexity
import radon.metrics
import radon.raw
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from radon.visitors import Function

import collectors
from collectors.analyzers import radon as analyzer
from collectors.analyzers.radon import raw
from quality.catalogue.recipes import load_recipe
from quality.catalogue.tools import RUNNING
from quality.model.facts import Blob, Block, PythonFile
from tests.examples import examples, table

RECIPE = load_recipe("2026.2")


def facts(content):
    blob = Blob("0" * 40, "python", content if isinstance(content, bytes) else content.encode())
    (found,) = analyzer.measure([blob], RECIPE)
    return found


def theirs(text):
    counts = radon.raw.analyze(text)
    halstead = radon.metrics.h_visit(text).total
    blocks = [
        Block(
            block.fullname,
            "method" if block.is_method else "function",
            block.lineno,
            block.endline,
            block.complexity,
        )
        for block in radon.complexity.cc_visit(text)
        if isinstance(block, Function)
    ]
    file = PythonFile(
        **counts._asdict(),
        volume=halstead.volume,
        difficulty=halstead.difficulty,
        effort=halstead.effort,
        mi_millionths=round(radon.metrics.mi_visit(text, multi=True) * 1e6),
    )
    return (*blocks, file)


def raw_or_error(count, text):
    try:
        counts = count(text)
    except SyntaxError:
        return "SyntaxError"
    return {name: getattr(counts, name) for name in radon.raw.Module._fields}


SOURCE = '''"""A module
in two lines."""
# one comment

class Account:
    """One line."""

    def pay(self, amount):  # two
        if amount > 0 and self.open: return amount; pass
        return [x for x in self.items if x]

    class Inner:
        def hidden(self):
            return 1

def top(x):
    def closure():
        return x or 1
    return x * 2 + closure()
'''


def test_numbers_counted_by_hand():
    *blocks, file = facts(SOURCE).rows
    assert blocks == [
        Block("top", "function", 16, 19, 1),
        Block("Account.pay", "method", 8, 10, 5),
    ]
    assert (file.loc, file.blank, file.multi, file.single_comments) == (19, 4, 2, 2)
    assert (file.sloc, file.comments) == (11, 2)
    # a logical line for each of the 11 and for both docstrings, and two more on the line of the
    # if: its body, and pass
    assert file.lloc == radon.raw.analyze(SOURCE).lloc == 15
    assert facts(SOURCE).rows == theirs(SOURCE)


def test_numbers_of_the_command(tmp_path):
    content = (
        SOURCE.replace("\n", "\r\n").encode() + b"\r\n\x0cdef after():\r\n    return '\xc3\xa9'"
    )
    (tmp_path / "a.py").write_bytes(content)
    *blocks, file = facts(content).rows

    def command(name):
        ran = subprocess.run(
            [sys.executable, "-m", "radon", name, "-j", "a.py"],
            cwd=tmp_path, capture_output=True, check=True,
        )  # fmt: skip
        return json.loads(ran.stdout)["a.py"]

    listed = [block for block in command("cc") if block["type"] != "class"]
    assert {(b.start_line, b.end_line, b.cc, b.kind) for b in blocks} == {
        (b["lineno"], b["endline"], b["complexity"], b["type"]) for b in listed
    }
    counts = command("raw")
    assert {name: getattr(file, name) for name in counts} == counts
    halstead = command("hal")["total"]
    assert (file.volume, file.difficulty, file.effort) == (
        halstead["volume"], halstead["difficulty"], halstead["effort"],
    )  # fmt: skip
    assert file.mi_millionths == round(command("mi")["mi"] * 1e6)


@pytest.mark.parametrize(
    "path",
    table(sorted(Path(collectors.__file__).parent.rglob("*.py")), range(0, 200, 9)),
    ids=lambda path: path.name,
)
def test_our_own_files(path):
    text = path.read_text()
    assert facts(text).rows == theirs(text)


STATEMENTS = st.sampled_from(
    ["", "x = 1", "if x: y = 1; z = 2", "if x:", "    pass", "try: pass", "except* E: pass",
     "# comment", "x = 1  # behind", "x = [", "  1,  # in", "]", ")", "(", "{'a': 1,", "}", "\\",
     "x = 1 + \\", "2", '"""', "'''", '"doc"', "'a\\", "b'", '"""one line"""', "r'''raw\\", "'",
     "f'{x}'", "a; b;", ";", "lambda: 0", "def f(): return {1: 2}", "class A: pass", "$", "?",
     "x[1:2]", "\t", "   ", "\x0c", "é = 'ü'", '"doc" \\', "\u2118 = 1", "@d", "async def g():",
     "x: int = 3", "b'''", 'rb"""', "...", "0x", "1_000", "del x", "\ufeff", "\u00a0x"]
)  # fmt: skip
ENDS = st.sampled_from(["\n"] * 8 + ["\r\n", "\r", "\x0c", "\x0b", "\u2028", "\x85", "\x1c", ""])
TEXTS = st.lists(st.tuples(STATEMENTS, ENDS), max_size=14).map(
    lambda lines: "".join(statement + end for statement, end in lines)
)


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


@pytest.mark.slow
@settings(examples(1500), suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS)
@example("x = 1 \\\n\ny = 2\n")  # a blank line closes no backslash: one unit, one logical line
@example("x = 1 \\\n\n\\\n\ny\n")
@example("'a\\\n\nb'\n")
@example('"doc" \\\n\n\n')
def test_raw_is_radons(text):
    # From 3.12 on, tokenize lets pass what no Python parses, such as a lone bracket. It comes here
    # only behind a character at which radon alone ends a line, and is refused there as by 3.11.
    assume(RUNNING == "3.11" or parses("\n".join(text.splitlines())))
    assert raw_or_error(raw, text) == raw_or_error(radon.raw.analyze, text)


def literal(lines):
    return "x = {\n" + "".join(f"    'k{i}': [{i}, '''a\n\n'''],\n" for i in range(lines)) + "}\n"


def test_a_literal_of_radons_size_is_radons():
    assert facts(literal(60)).rows == theirs(literal(60))


def test_each_line_is_tokenized_once(monkeypatch):
    """Of a literal of 20,001 lines; radon would tokenize 200 million."""
    read = []

    def counting(readline):
        def count():
            read.append(1)
            return readline()

        return original(count)

    original = tokenize.generate_tokens
    monkeypatch.setattr(tokenize, "generate_tokens", counting)
    text = "x = [\n" + "    1,\n" * 19_999 + "]\n"
    counts = raw(text)
    assert (counts.loc, counts.sloc, counts.lloc) == (20_001, 20_001, 1)
    assert len(read) <= 20_002


DIRECTIVES = ["# noqa", "# radon: off", "#lizard forgives", "# pylint: skip-file",
              "# GENERATED CODE", "# pragma: no cover", "# type: ignore"]  # fmt: skip


@pytest.mark.parametrize("directive", DIRECTIVES)
def test_no_directive_is_obeyed(directive):
    assert (
        facts(SOURCE.replace("# one comment", directive).replace("# two", directive)).rows
        == facts(SOURCE).rows
    )


def test_handlers_of_groups_count_nothing_as_in_radon():
    *blocks, _ = facts("def f():\n    try:\n        a()\n    except* E:\n        pass\n").rows
    assert [block.cc for block in blocks] == [1]


def test_an_empty_file_is_measured():
    (file,) = facts("").rows
    assert (file.loc, file.lloc, file.volume, file.mi_millionths) == (0, 0, 0, 100_000_000)


def test_a_coding_cookie_and_a_byte_order_mark_are_read_as_python_reads_them():
    latin = "# coding: latin-1\nx = 'é' # é\n"
    assert facts(latin.encode("latin-1")).rows == theirs(latin)
    assert facts(b"\xef\xbb\xbf" + SOURCE.encode()).rows == theirs(SOURCE)


def test_warnings_made_errors_refuse_nothing():
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c",
         "from collectors.analyzers.radon import _analyze; _analyze(\"x = '\\\\d'\", 'python')"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("print 'Python 2'\n", "syntax error"),
        ("def f(:\n", "syntax error"),
        ("x = 'a\u2028b'\n", "syntax error"),  # Python reads it, radon's raw counts do not
        ("x = " + "(" * 2000 + ")" * 2000, "syntax error"),
        ("x = " + "+".join(["1"] * 2400), "nested too deeply"),
        ("x = '\x00'\n", "NUL"),
        (b"x = 1\n\nx = '\xff'\n", "undecodable"),
    ],
)
def test_what_radon_cannot_read_is_unmeasured(content, reason):
    found = facts(content)
    assert found.rows == ()
    assert reason in found.reason
