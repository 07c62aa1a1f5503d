"""Hostile files of many kinds, each a content of its own: what a nursery must settle one by one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from collectors.process.bounded import Chunk, Supervisor
from quality.model.facts import Blob

ANALYZERS = (("pylint",), ("clones", "lizard", "radon", "suppressions"))
PART = 20  # files of a chunk

DOUBLINGS, CLASSES, FUNCTIONS, TERMS, QUOTES = 40, 300, 60, 3000, 900


def doubled(number: int) -> str:
    """Inference of pylint's that doubles with each line."""
    lines = "x = [*x, *x]\n" * DOUBLINGS
    return f"x = [{number}]\n{lines}for a, b in x:\n    print(a, b)\n"


def chain(number: int) -> str:
    """Classes whose attributes pylint looks for in all the classes before."""
    classes = (
        f"class C{n}(C{n - 1}):\n    def m(self):\n        return self.x{n}\n"
        for n in range(1, CLASSES)
    )
    return f"class C0:\n    y = {number}\n" + "".join(classes)


def nested(number: int) -> str:
    """Functions in functions, for which lizard takes all the memory there is."""
    heads = "".join(f"{'    ' * n}def f{n}_{number}():\n" for n in range(FUNCTIONS))
    return heads + "    " * FUNCTIONS + "pass\n"


def deep(number: int) -> str:
    """One expression that is nested as deep as it has terms."""
    return f"x = {number}" + " + \\\n 1" * TERMS + "\n"


def unclosed(number: int) -> str:
    """A string without an end, of what looks like ends: quadratic for an expression."""
    line = '\\"' * 40 + "\\\n"
    return f'x = {number}\ny = "' + line * QUOTES


def literal(number: int) -> str:
    """A list that is as large as a file may be."""
    return "x = [\n" + f"    {number}, {number}, {number}, {number}, {number},\n" * 19_000 + "]\n"


KINDS: tuple[Callable[[int], str], ...] = (doubled, chain, nested, deep, unclosed, literal)


def bombs(number: int) -> dict[str, bytes]:
    """So many hostile files by their paths, the kinds in turn."""
    return {
        f"bomb{n}_{KINDS[n % len(KINDS)].__name__}.py": KINDS[n % len(KINDS)](n).encode()
        for n in range(number)
    }


def settle(number: int, recipe: str) -> tuple[float, int]:
    """Seconds on the wall that so many bombs take two workers, and the time limits that were
    hit."""
    blobs = [
        Blob(hashlib.sha1(each).hexdigest(), "python", each) for each in bombs(number).values()
    ]
    work = [
        Chunk(recipe, analyzers, tuple(blobs[start : start + PART]))
        for start in range(0, number, PART)
        for analyzers in ANALYZERS
    ]
    begin = time.perf_counter()
    with Supervisor() as processes, ThreadPoolExecutor(2) as pool:
        measured = list(pool.map(processes.measure, work))
    seconds = time.perf_counter() - begin
    reasons = [facts.reason or "" for result in measured for facts in result.facts]
    return seconds, sum("over the time limit" in reason for reason in reasons)
