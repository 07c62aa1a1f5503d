"""Whose cause it is that a file is unmeasured: each reason there is, made by real bytes."""

from __future__ import annotations

import ast
import hashlib
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from collectors.analyzers import ANALYZERS
from collectors.process.bounded import Chunk, Supervisor
from quality import contract
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Facts

RECIPE = load_recipe("2026.2")
LIMITS = RECIPE.limits
SUPPLIER = {
    "contains NUL bytes": b"x = 1\0\n",
    "undecodable bytes: not utf-8": b"x = '\xff'\n",
    "unknown or wrong coding cookie": b"# coding: no-such\n",
    "coding cookie utf-7: no extension of ASCII": b"# coding: utf-7\nx = 1\n",
    "Git LFS pointer: the content is not in the repository":
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "syntax error: invalid syntax in line 1": b"def f(:\n",
    "syntax error: too many nested parentheses in line 1": b"(" * 300 + b")" * 300,
}  # fmt: skip
DEEP = "nested too deeply"
SEPARATOR = (
    "syntax error: unreadable character at line 1"
    if sys.version_info < (3, 12)
    else "syntax error: unfinished statement at line 1"
)
OURS = {
    f"longer than {LIMITS.file_lines} lines": b"x = 1\n" * LIMITS.file_lines,
    f"a line is longer than {LIMITS.line_columns} columns": b"x" * (LIMITS.line_columns + 1),
    f"larger than {LIMITS.file_bytes} bytes": b"#" * (LIMITS.file_bytes + 1),
    DEEP: b"x = (" + b"1 +\n" * 3000 + b"1)\n",
    SEPARATOR: "x = 'a\u2028b'\n".encode(),  # good Python
}


def blob(content: bytes) -> Blob:
    return Blob(hashlib.sha1(content).hexdigest(), "python", content)


def radon(content: bytes) -> Facts:
    (facts,) = ANALYZERS["radon"].measure([blob(content)], RECIPE)
    return facts


@pytest.mark.parametrize("reason", SUPPLIER)
def test_what_no_python_reads_is_the_suppliers_cause(reason: str) -> None:
    facts = radon(SUPPLIER[reason])
    assert (facts.reason, facts.cause, facts.rows) == (reason, "supplier", ())


@pytest.mark.parametrize("reason", OURS)
def test_what_only_our_readers_cannot_read_is_ours(reason: str) -> None:
    content = OURS[reason]
    if reason != DEEP:  # a limit of this Python, not of the language
        ast.parse(content)
    facts = radon(content)
    assert (facts.reason, facts.cause, facts.rows) == (reason, "ours", ())


@pytest.mark.slow
def test_pylint_blames_as_the_others_do() -> None:
    pylint = ANALYZERS["pylint"].measure
    found = pylint([blob(content) for content in SUPPLIER.values()], RECIPE)
    assert [each.cause for each in found] == ["supplier"] * len(SUPPLIER)
    (deep,) = pylint([blob(OURS[DEEP])], RECIPE)
    assert deep.cause == "ours"


@pytest.mark.slow
def test_what_a_process_dies_of_is_ours() -> None:
    nested = "".join(f"{'    ' * n}def f{n}():\n" for n in range(60)) + "    " * 60 + "pass\n"
    for limits in (replace(LIMITS, cpu_seconds=1), replace(LIMITS, memory_bytes=300 << 20)):
        chunk = Chunk("2026.2", ("lizard",), (blob(nested.encode()),), limits)
        (facts,) = Supervisor().measure(chunk).facts
        assert facts.reason.startswith("over the ")
        assert facts.cause == "ours"


def test_the_guide_names_every_reason_with_its_cause() -> None:
    guide = Path(contract.__file__).with_name("README.md").read_text("utf-8")
    for cause, reasons in (("supplier", SUPPLIER), ("ours", OURS)):
        (row,) = re.findall(rf"(?m)^\| {cause} \| (.*) \|$", guide)
        named = [re.escape(each).replace(r"\.\.\.", ".*") for each in re.findall("`(.*?)`", row)]
        missing = [each for each in reasons if not any(re.match(name, each) for name in named)]
        assert missing == []


def test_a_reason_has_a_cause_and_no_other_fact_has_one() -> None:
    with pytest.raises(ValueError, match="needs a cause"):
        Facts("0", "python", "radon", "contains NUL bytes")
    with pytest.raises(ValueError, match="needs a cause"):
        Facts("0", "python", "radon", None, cause="ours")
