"""Engines: wherever chunks are measured, the facts are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors.process.bounded import Chunk, measure_chunk, stop
from quality.errors import MeasureError, UsageError
from quality.measure.engine import Cluster, Engine, engine
from quality.model.facts import Blob, Facts
from tests.conftest import Desk


def blob(number: int) -> Blob:
    content = f"def f{number}(a):\n    return a + {number}  # noqa\n".encode()
    return Blob(hashlib.sha1(content).hexdigest(), "python", content)


BLOBS = tuple(map(blob, range(6)))
CHUNKS = [
    *(Chunk("2026.1", ("lizard", "clones", "radon", "suppressions"), BLOBS[n : n + 2])
      for n in (0, 2, 4)),
    Chunk("2026.1", ("pylint",), BLOBS),
]  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A Dask cluster of one worker process on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address.replace("tcp://", "dask://")


@pytest.fixture(scope="module")
def expected() -> set[Facts]:
    return {facts for chunk in CHUNKS for facts in measure_chunk(chunk).facts}


@pytest.mark.parametrize("name", ["serial", "processes", "dask"])
def test_the_same_facts_wherever_they_are_measured(
    name: str, expected: set[Facts], request: pytest.FixtureRequest
) -> None:
    where = request.getfixturevalue("address") if name == "dask" else name
    found = list(engine(where, 2, stop)(measure_chunk, iter(CHUNKS)))
    assert {facts for measured in found for facts in measured.facts} == expected
    assert sum(len(measured.facts) for measured in found) == len(expected) == 30
    assert all(measured.lost == () for measured in found)


@pytest.mark.slow
def test_a_measurement_on_a_cluster_is_the_same_as_here(
    desk: Desk, address: str, tmp_path: Path
) -> None:
    from quality.cli.app import run

    files = {f"m{n}.py": each.content for n, each in enumerate(BLOBS)}
    desk.repository("billing", files)
    contract = str(desk.contract(["billing"]))
    other = tmp_path / "elsewhere" / "other.duckdb"
    assert run(["measure", contract, "--engine", address]) == 0
    here = desk.facts()
    assert run(["measure", contract, "--database", str(other), "--jobs", "1"]) == 0
    desk.database = other
    assert desk.facts() == here
    assert len(here["functions"]) == 6


def test_a_cluster_that_goes_away_ends_the_run() -> None:
    from distributed import LocalCluster

    cluster = LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    )
    results = Cluster(cluster.scheduler_address)(measure_chunk, [*CHUNKS, *CHUNKS])
    next(results)
    cluster.close()
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever Dask says; but it must end
        list(results)


def test_what_no_engine_is_called() -> None:
    with pytest.raises(UsageError, match="unknown engine 'threads': use processes or dask://"):
        engine("threads", 2, stop)


def test_a_scheduler_that_is_not_there() -> None:
    with pytest.raises(MeasureError, match="no Dask scheduler answers at tcp:"):
        next(engine("dask://127.0.0.1:1", 2, stop)(str, [1]))


@pytest.mark.parametrize("name", ["serial", "processes", "dask"])
def test_work_is_read_lazily_and_errors_end_the_run(
    name: str, request: pytest.FixtureRequest
) -> None:
    read: list[int] = []

    def numbers() -> Iterator[Any]:
        for number in range(100):
            read.append(number)
            yield number

    def refuse(number: int) -> int:
        if number == 3:
            raise MeasureError("three is refused")
        return number

    where = request.getfixturevalue("address") if name == "dask" else name
    work: Engine = engine(where, 2, lambda: None)
    with pytest.raises(MeasureError, match="three is refused"):
        list(work(refuse, numbers()))
    assert len(read) < 20
