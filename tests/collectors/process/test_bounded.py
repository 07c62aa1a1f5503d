"""Chunks in bounded processes: what hostile bytes cost, and that their neighbours keep theirs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectors.analyzers import ANALYZERS
from collectors.process.bounded import Chunk, Supervisor
from quality.model.facts import Blob, Facts
from tests.bench.bombs import bombs
from tests.collectors.process.blobs import (
    CHAIN,
    GOOD,
    NESTED,
    OTHER,
    PARENT,
    RECIPE,
    blob,
    limits,
    measure_chunk,
)

FAST = ("clones", "lizard", "radon", "suppressions")

SCRIPT = blob("function third(a) {\n  return a ? 1 : 2;\n}\n", "javascript")

BROKEN = blob("def broken(:\n    pass\n")

NUL = blob(b"x = 1\0\n")


def by_task(facts: tuple[Facts, ...]) -> dict[tuple[str, str], Facts]:
    found = {(each.analyzer, each.blob): each for each in facts}
    assert len(found) == len(facts), "facts twice"
    return found


def direct(analyzers: tuple[str, ...], blobs: tuple[Blob, ...]) -> set[Facts]:
    """What the analyzers say in this process."""
    return {
        facts for name in analyzers for each in blobs
        for facts in ANALYZERS[name].measure([each], RECIPE)
    }  # fmt: skip


def test_the_process_says_what_the_analyzers_say() -> None:
    blobs = (GOOD, OTHER, BROKEN, NUL)
    measured = measure_chunk(Chunk("2026.2", FAST, blobs))
    assert set(measured.facts) == direct(FAST, blobs)
    assert len(measured.facts) == 16
    assert measured.lost == ()
    facts = by_task(measured.facts)
    assert facts["radon", BROKEN.oid].reason == "syntax error: invalid syntax in line 1"
    assert facts["clones", NUL.oid].reason == "contains NUL bytes"


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.permutations([GOOD, OTHER, SCRIPT, BROKEN, NUL]), st.integers(1, 4))
def test_facts_do_not_depend_on_how_blobs_are_put_together(blobs: list[Blob], cut: int) -> None:
    parts = (tuple(blobs[:cut]), tuple(blobs[cut:]))
    found = [measure_chunk(Chunk("2026.2", ("lizard", "clones"), part)) for part in parts]
    facts = {each for measured in found for each in measured.facts}
    assert facts == direct(("lizard", "clones"), tuple(blobs))


@pytest.mark.slow
def test_a_file_over_the_time_limit_costs_one_row() -> None:
    chunk = Chunk("2026.2", ("clones", "lizard"), (GOOD, NESTED, OTHER), limits(cpu_seconds=1))
    measured = measure_chunk(chunk)
    facts = by_task(measured.facts)
    assert facts["lizard", NESTED.oid].reason == "over the time limit of 1 s"
    rest = set(measured.facts) - {facts["lizard", NESTED.oid]}
    assert rest == direct(("clones", "lizard"), (GOOD, OTHER)) | direct(("clones",), (NESTED,))
    assert measured.lost == ()


def test_a_file_over_the_memory_limit_costs_one_row() -> None:
    measured = measure_chunk(Chunk("2026.2", ("lizard",), (GOOD, NESTED), limits(memory=300)))
    facts = by_task(measured.facts)
    assert facts["lizard", NESTED.oid].reason == "over the memory limit"
    assert facts["lizard", GOOD.oid].rows
    assert measured.lost == ()


def test_what_was_measured_comes_before_what_a_hostile_file_leaves() -> None:
    chunk = Chunk("2026.2", ("lizard", "radon"), (GOOD, NESTED, OTHER), limits(memory=300))
    with Supervisor() as processes:
        first = processes.measure_on(chunk)
        (one, two) = first.rest
        rest = [processes.measure_on(each) for each in first.rest]
    assert [(each.analyzer, each.blob) for each in first.facts] == [
        ("lizard", GOOD.oid), ("lizard", NESTED.oid),
    ]  # fmt: skip
    assert (one.analyzers, one.blobs) == (("lizard",), (OTHER,))
    assert (two.analyzers, two.blobs) == (("radon",), (GOOD, NESTED, OTHER))
    assert (one.limits, one.python) == (chunk.limits, chunk.python)
    found = {facts for each in (first, *rest) for facts in each.facts}
    assert found == set(measure_chunk(chunk).facts)
    assert len(found) == 6


@pytest.mark.slow
def test_a_file_that_pylint_cannot_end_costs_one_row() -> None:
    chunk = Chunk("2026.2", ("pylint",), (GOOD, CHAIN, OTHER), limits(cpu_seconds=2))
    facts = by_task(measure_chunk(chunk).facts)
    assert facts["pylint", CHAIN.oid].reason == "over the time limit of 2 s"
    assert [facts["pylint", each.oid].reason for each in (GOOD, OTHER)] == [None, None]


@pytest.mark.slow
def test_bombs_of_every_kind_cost_their_own_rows() -> None:
    """And the file between them nothing: it is measured as if it were alone."""
    blobs = [blob(content) for content in bombs(6).values()]
    blobs.insert(3, GOOD)
    tight = limits(cpu_seconds=1, memory=768)
    measured = measure_chunk(Chunk("2026.2", (*FAST, "pylint"), tuple(blobs), tight))
    facts = by_task(measured.facts)
    assert len(facts) == 7 * 5
    assert measured.lost == ()
    died = {facts[task].reason for task in facts if facts[task].cause == "ours"}
    assert died <= {
        "over the time limit of 1 s", "over the memory limit", "nested too deeply",
        "pylint breaks on it: nested too deeply or too large",
        "syntax error: nested too deeply or over the memory limit",
    }  # fmt: skip
    assert "over the time limit of 1 s" in died
    assert [facts[name, GOOD.oid].reason for name in (*FAST, "pylint")] == [None] * 5
    assert {facts[name, GOOD.oid] for name in FAST} == direct(FAST, (GOOD,))


@pytest.mark.slow
def test_a_lower_soft_limit_changes_nothing() -> None:
    command = ["bash", "-c", 'ulimit -Sn 40; ulimit -Sf 10; ulimit -Ss 200; exec "$@"', "bash"]
    done = subprocess.run(
        [*command, sys.executable, "-c", f"{PARENT}print('measured')", "pylint"],
        input=GOOD.content, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"measured\n", b"")
