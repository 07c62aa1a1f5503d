"""What is new in a change, by the gate's judges and by the SQL that counts against a baseline: one
answer on any pair of trees, whatever was copied, moved, split, joined, renamed or changed."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha1
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.catalogue.recipes import load_recipe
from quality.gate.change import find_change, tree
from quality.gate.comparison import NOWHERE, Comparison
from quality.gate.facts import GateFacts
from quality.gate.findings import findings
from quality.gate.moved import new_code
from quality.model.facts import CodeLines, Facts, FileSize, Finding, Function, Row
from quality.model.repository import Commit, TreeFile
from quality.store.counting import Content, Scope
from quality.store.database import Store
from tests.examples import examples
from tests.quality.contracts import parse
from tests.quality.gate.judging import FINDINGS, rules

RECIPE = load_recipe("2026.2")
CONTRACT = parse(rules(FINDINGS))
ERROR = 9  # a line with this hash has an error on it

# A file is some functions (their lines, from a small alphabet, so that much is equal) between
# lines that stand in none; a tree is some files.
function = st.lists(st.integers(1, ERROR), min_size=2, max_size=5).map(tuple)
file = st.lists(st.one_of(function, st.integers(1, ERROR)), min_size=1, max_size=5).map(tuple)
trees = st.dictionaries(st.sampled_from([f"{name}.py" for name in "abcd"]), file, max_size=4)
Parts = tuple[tuple[int, ...] | int, ...]


def facts_of(oid: str, parts: Parts) -> list[Facts]:
    """What the analyzers would say of a file of these parts."""
    lines, functions = list[int](), list[Row]()
    for part in parts:
        own = part if isinstance(part, tuple) else (part,)
        if isinstance(part, tuple):
            first, last = len(lines) + 1, len(lines) + len(own)
            body = abs(hash(own))
            functions.append(Function("f", first, last, len(own), own[0], 9, 0, 0, body))
        lines += own
    code = CodeLines(tuple(range(1, len(lines) + 1)), tuple(lines), (), ())
    found = [
        Finding(number, 0, "E0602", "undefined", line, hidden=False)
        for number, line in enumerate(lines, 1)
        if line == ERROR
    ]
    rows: dict[str, list[Row]] = {
        "lizard": [FileSize(len(lines)), *functions], "clones": [code], "pylint": [*found],
    }  # fmt: skip
    return [
        Facts(oid, "python", part.name, None, tuple(rows.get(part.name, ())))
        for part in RECIPE.parts
        if part.reads("python")
    ]


def listed(side: dict[str, Parts]) -> tuple[list[TreeFile], dict[str, Parts]]:
    oids = {path: sha1(repr(parts).encode()).hexdigest() for path, parts in side.items()}
    files = [TreeFile(path, oid, 9, "file", "python") for path, oid in oids.items()]
    return files, {oids[path]: parts for path, parts in side.items()}


def text(parts: Parts) -> bytes:
    flat = [each for part in parts for each in (part if isinstance(part, tuple) else (part,))]
    return b"".join(b"%d\n" % each for each in flat)


@pytest.mark.slow
@examples(60)
@given(old=trees, new=trees)
def test_the_gate_and_the_sql_agree(old: dict[str, Parts], new: dict[str, Parts]) -> None:
    sides = [listed(old), listed(new)]
    contents = {oid: parts for _, blobs in sides for oid, parts in blobs.items()}
    known = {
        (each.blob, each.language, each.analyzer): each
        for oid, parts in contents.items()
        for each in facts_of(oid, parts)
    }
    base, head = (
        tree(name, commit * 40, files, lambda _: "production")
        for name, commit, (files, _) in zip(("base", "head"), "01", sides, strict=True)
    )
    change = find_change(
        base, head, lambda oids: ((oid, text(contents[oid])) for oid in oids), 1_000_000
    )
    nothing = cast(Any, None)  # all facts are known: nothing is read or measured
    facts = GateFacts(nothing, RECIPE, *[nothing] * 3, known=known)
    comparison = Comparison(CONTRACT, (base, head), change, facts, ())
    touched = comparison.functions
    gate = {
        "findings": int(findings(CONTRACT.gate[0], comparison).value or 0),
        "functions": sum(each.now is not None for each in touched),
        "lines": sum(sum(each.new) for each in new_code(change.production, facts, change.gone)),
    }
    assert gate == counted(sides, list(known.values()))


def counted(
    sides: list[tuple[list[TreeFile], dict[str, Parts]]], known: list[Facts]
) -> dict[str, int]:
    content = Content("1" * 40, CONTRACT.files, baseline="0" * 40)
    with Store(NOWHERE, read_only=True) as store:
        for commit, (files, _) in zip("01", sides, strict=True):
            store.add_commit(Commit(commit * 40, datetime.fromtimestamp(0, UTC)), files)
        store.add_facts(known, {part.name: part.digest for part in RECIPE.parts})
        scope = Scope(store, RECIPE, [content])
        (numbers,) = scope._execute(
            "select (select count(*) from compared_findings where not old and not matched), "
            "(select count(*) from compared_functions where not old and not matched), "
            "(select count(*) from compared_lines where not old and fresh)",
            None,
        ).fetchall()
    return dict(zip(("findings", "functions", "lines"), numbers, strict=True))
