"""Blobs that bounded processes are given: good ones, and broken, hidden or deep ones."""

from __future__ import annotations

import hashlib

from collectors.process.bounded import Supervisor
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob
from quality.model.recipe import Limits

measure_chunk = Supervisor().measure

RECIPE = load_recipe("2026.2")

MEGABYTE = 1 << 20


def blob(content: str | bytes, language: str = "python") -> Blob:
    content = content.encode() if isinstance(content, str) else content
    return Blob(hashlib.sha1(content).hexdigest(), language, content)


GOOD = blob("def first(a):\n    if a:\n        return 1\n    return 2\n")

OTHER = blob("def second(a):\n    return a  # noqa\n")

NESTED = blob("".join(f"{'    ' * n}def f{n}():\n" for n in range(60)) + "    " * 60 + "pass\n")

CHAIN = blob(
    "class C0:\n    pass\n"
    + "".join(
        f"class C{n}(C{n - 1}):\n    def m(self):\n        return self.x{n}\n"
        for n in range(1, 300)
    )
)


def limits(cpu_seconds: int = 20, memory: int = 2048) -> Limits:
    own = RECIPE.limits
    sizes = own.file_bytes, own.file_lines, own.line_columns
    rest = own.notebook_bytes, own.unread_percent
    return Limits(*sizes, cpu_seconds, memory * MEGABYTE, *rest)


PARENT = """
import sys
from collectors.process.bounded import Chunk, Supervisor
from quality.model.facts import Blob
content = sys.stdin.buffer.read()
Supervisor().measure(Chunk("2026.2", (sys.argv[1],), (Blob("0" * 40, "python", content),)))
"""
