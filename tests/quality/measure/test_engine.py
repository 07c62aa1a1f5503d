"""Engines: wherever chunks are measured, the facts are the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from collectors.process.bounded import Chunk, Supervisor
from quality.errors import MeasureError, UsageError
from quality.measure.engine import Cluster, Engine, engine
from quality.model.facts import Blob, Facts
from tests.conftest import Desk

pytestmark = pytest.mark.slow


def blob(number: int) -> Blob:
    content = f"def f{number}(a):\n    return a + {number}  # noqa\n".encode()
    return Blob(hashlib.sha1(content).hexdigest(), "python", content)


measure_chunk = Supervisor().measure
BLOBS = tuple(map(blob, range(6)))
CHUNKS = [
    *(Chunk("2026.2", ("lizard", "clones", "radon", "suppressions"), BLOBS[n : n + 2])
      for n in (0, 2, 4)),
    Chunk("2026.2", ("pylint",), BLOBS),
]  # fmt: skip


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A Dask cluster of one worker process on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=":0"
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
    found = list(engine(where, 2)(measure_chunk, iter(CHUNKS)))
    assert {facts for measured in found for facts in measured.facts} == expected
    assert sum(len(measured.facts) for measured in found) == len(expected) == 30
    assert all(measured.lost == () for measured in found)


def test_a_measurement_on_a_cluster_is_the_same_as_here(
    desk: Desk, address: str, tmp_path: Path
) -> None:
    from quality.cli.app import run

    files = {f"m{n}.py": each.content for n, each in enumerate(BLOBS)}
    desk.repository("billing", files)
    contract = str(desk.contract(["billing"]))
    assert run(["measure", contract, "--engine", address]) == 0
    there = desk.facts()
    desk.database = tmp_path / "elsewhere" / "other.duckdb"
    desk.measure()
    assert desk.facts() == there
    assert len(there["functions"]) == 6


CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def test_a_scheduler_that_dies_ends_the_run_in_one_line(tmp_path: Path) -> None:
    program = tmp_path / "cluster.py"
    program.write_text(CLUSTER)
    with subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as cluster:  # fmt: skip
        assert cluster.stdout
        address = cluster.stdout.readline().strip()
        results = Cluster(address)(measure_chunk, CHUNKS * 8)
        assert next(results).facts
        cluster.kill()
        with pytest.raises(MeasureError) as said:
            list(results)
    assert str(said.value) == (
        f"the Dask cluster at {address} went away: what was measured is kept, start it and run it "
        "again"
    )


def test_workers_with_other_tools_are_named(address: str, tmp_path: Path) -> None:
    """And not those that have the same."""
    for tool, other in (("lizard", "1.0"), ("radon", "2.0")):
        metadata = tmp_path / f"{tool}-{other}.dist-info" / "METADATA"
        metadata.parent.mkdir()
        metadata.write_text(f"Name: {tool}\nVersion: {other}\n")
    cluster = Cluster(address.replace("dask://", "tcp://"))
    worker = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_worker", cluster.address, "--nthreads", "1",
         "--no-nanny", "--no-dashboard"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while Cluster(cluster.address).jobs < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        with pytest.raises(MeasureError) as said:
            next(cluster(measure_chunk, CHUNKS))
    finally:
        worker.terminate()
        worker.wait(30)
    assert re.sub(r"tcp://[\d.:]+", "ADDRESS", str(said.value)) == (
        f"worker ADDRESS has lizard 1.0 (here {version('lizard')}); worker ADDRESS has radon 2.0 "
        f"(here {version('radon')}): install the same release of workmanship there"
    )
    assert cluster.address not in str(said.value)


def test_a_cluster_without_workers_is_no_place_to_wait() -> None:
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as cluster,
        pytest.raises(MeasureError, match="has no worker: start one"),
    ):
        next(Cluster(cluster.scheduler_address)(str, [1]))


def test_what_no_engine_is_called() -> None:
    with pytest.raises(UsageError, match="unknown engine 'threads': use processes or dask://"):
        engine("threads", 2)


def test_a_scheduler_that_is_not_there() -> None:
    with pytest.raises(MeasureError, match="no Dask scheduler answers at tcp:"):
        next(engine("dask://127.0.0.1:1", 2)(str, [1]))


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
    work: Engine = engine(where, 2)
    with pytest.raises(MeasureError, match="three is refused"):
        list(work(refuse, numbers()))
    assert len(read) < 20
