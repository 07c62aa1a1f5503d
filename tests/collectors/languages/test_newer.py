"""Which Python reads what this one does not."""

from __future__ import annotations

import json
import subprocess

import pytest

from collectors.analyzers import ANALYZERS
from collectors.languages.newer import broken, newer_syntax
from quality.catalogue.recipes import PYTHONS, load_recipe
from quality.catalogue.tools import RUNNING
from quality.model.facts import Blob
from tests.examples import table
from tests.interpreters import interpreters

NEWER = {
    "3.12": [
        "type X = int\n",
        "type X[T] = list[T]\n",
        "def f[T](x: T) -> T:\n    return x\n",
        "async def f[T: A[dict[str, int]]](x): pass\n",
        "class A[T: (int, str), *Ts, **P](B[T]):\n    pass\n",
        'x = f"{a["b"]}"\n',
        "x = f'{a['b']} and {c!r:>{w}}' + f'{d}'\n",
        'x = f"{"\\n".join(a)}"\n',
    ],
    "3.13": [
        "def f[T = int](x): pass\n",
        "class A[T: int = bool, **P = [int]]: pass\ntype X = int\n",
        "type X[T = int] = list[T]\n",
    ],
    "3.14": [
        'x = t"{a}"\n',
        'x = rt"{a["b"]}"\n',
        "try:\n    pass\nexcept A, B:\n    pass\n",
        "try:\n    pass\nexcept* A, B.c:\n    pass\ntype X = int\n",
    ],
}
CASES = [(version, text) for version, texts in NEWER.items() for text in texts]


@pytest.mark.parametrize(("version", "text"), CASES)
def test_what_a_newer_python_reads_is_no_syntax_error(version: str, text: str) -> None:
    said = f"syntax of Python {version} or newer: measure with Python {version} or newer"
    expected = None if PYTHONS.index(RUNNING) >= PYTHONS.index(version) else said
    assert newer_syntax(text) == expected
    assert newer_syntax(text + "def f(:\n") is None  # that no Python reads
    facts = list(
        ANALYZERS["radon"].measure([Blob("", "python", text.encode())], load_recipe("2026.2"))
    )
    assert (facts[0].reason, facts[0].cause) == (expected, "ours" if expected else None)
    assert not broken(text)
    assert broken(text + "def f(:\n")


@pytest.mark.parametrize(
    "text",
    [
        "def f(:\n",
        "type X = \n",
        "def f[T(x): pass\n",
        "def f[]: pass\n",
        'x = f"{a b}"\n',
        'x = f"{"\n',
        "print 'x'\n",
        "try:\n    print 1\nexcept A, e:\n    pass\n",
        "'type X = int'\n",
    ],
)
def test_what_none_reads_or_this_one_does_is_not_called_newer(text: str) -> None:
    assert newer_syntax(text) is None


@pytest.mark.parametrize(
    "piece", table(["def a[", "type a[[", 'f"{', "f'{'\\", "except a,", "rt'{{"], {0})
)
def test_long_texts_take_no_longer(piece: str) -> None:
    for text in (piece * 30_000, "\n".join([piece] * 30_000), (piece * 800 + "\n") * 40):
        assert newer_syntax(text) is None


PARSES = """
import ast, json, sys
def parses(text):
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
print(json.dumps([parses(text) for text in json.load(sys.stdin)]))
"""


def test_each_python_on_the_machine_reads_what_is_said_of_it() -> None:
    pythons = interpreters()
    texts = json.dumps([text for _, text in CASES])
    for named, path in pythons.items():
        minor = PYTHONS.index(named.rpartition(".")[0])
        run = [path, "-I", "-c", PARSES]
        done = subprocess.run(run, input=texts, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout) == [minor >= PYTHONS.index(v) for v, _ in CASES], named
    if len(pythons) == 1:
        pytest.skip(f"only Python {RUNNING} is on this machine")
