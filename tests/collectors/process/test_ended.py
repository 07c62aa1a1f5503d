"""Processes that are killed, stopped or stuck: no fact about a file, and none is left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from collectors.nursery.messages import write_json
from collectors.process.bounded import Chunk, Supervisor
from quality.errors import MeasureError
from quality.model.facts import Blob
from tests.collectors.process.blobs import (
    CHAIN,
    GOOD,
    NESTED,
    OTHER,
    PARENT,
    blob,
    limits,
    measure_chunk,
)
from tests.examples import table
from tests.processes import alive, below, until


def children(number: int, but: Collection[int] = ()) -> list[int]:
    """Processes below this one, once there are so many: the nursery, and what it forked."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [pid for pid in below(os.getpid()) if pid not in but and _begun(pid)]
        if len(found) >= number:
            return found
        time.sleep(0.005)
    raise AssertionError("no process was started")


def _begun(pid: int) -> bool:
    """Whether it is a program of its own: until then it borrows our memory, and we wait for it."""
    try:
        own, other = (Path(f"/proc/{each}/cmdline").read_bytes() for each in ("self", str(pid)))
    except OSError:
        return False
    return other != own


@pytest.mark.parametrize(
    ("victim", "by"),
    table([(0, signal.SIGKILL), (1, signal.SIGKILL), (1, signal.SIGALRM)], {2}),
)
def test_a_process_killed_from_outside_is_no_fact_about_the_file(
    victim: int, by: signal.Signals
) -> None:
    """Out of memory on the machine, say: it is measured again next time."""
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        run = pool.submit(processes.measure, Chunk("2026.2", ("lizard",), (NESTED,)))
        os.kill(children(2, before)[victim], by)
        measured = run.result(timeout=60)
        assert measured.facts == ()
        assert measured.lost == (f"lizard on blob {NESTED.oid}: killed from outside, or stuck",)
        assert processes.measure(Chunk("2026.2", ("lizard",), (GOOD,))).facts[0].rows


@pytest.mark.slow
def test_a_killed_pylint_is_no_fact_about_the_file() -> None:
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        run = pool.submit(processes.measure, Chunk("2026.2", ("pylint",), (CHAIN,)))
        children(4, before)  # two nurseries, a child of each, or the canary's
        time.sleep(1)
        os.kill(children(4, before)[-1], signal.SIGKILL)
        assert run.result(timeout=60).lost == (
            f"pylint on blob {CHAIN.oid}: killed from outside, or stuck",
        )


@pytest.mark.slow
def test_stop_ends_what_runs_and_what_is_stuck() -> None:
    """Also a process that reads nothing, while we write to it: sockets hold some 200 kB."""
    large = blob("x = 1\n" * 150_000)
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        run = pool.submit(processes.measure, Chunk("2026.2", ("lizard",), (large, GOOD)))
        nursery = children(1, before)[0]
        os.kill(nursery, signal.SIGSTOP)
        time.sleep(0.3)
        processes.stop()
        with pytest.raises(MeasureError, match="interrupted"):
            run.result(timeout=10)
        with pytest.raises(MeasureError, match="interrupted"):
            processes.measure(Chunk("2026.2", ("lizard",), (GOOD,)))
    assert not alive(nursery)
    assert measure_chunk(Chunk("2026.2", ("lizard",), (GOOD,))).facts[0].rows


@pytest.mark.slow
def test_what_is_in_hand_is_known() -> None:
    before = below(os.getpid())
    with ThreadPoolExecutor(1) as pool, Supervisor() as processes:
        chunk = Chunk("2026.2", ("lizard",), (GOOD, NESTED, OTHER), limits(cpu_seconds=1))
        run = pool.submit(processes.measure, chunk)
        children(2, before)
        seen = set()
        while not run.done():
            seen |= set(processes.in_hand())
            time.sleep(0.005)
        assert ("lizard", NESTED) in seen <= {("lizard", each) for each in chunk.blobs}
        assert processes.in_hand() == []


@pytest.mark.parametrize(("analyzer", "hostile"), [("lizard", NESTED), ("pylint", CHAIN)])
def test_no_process_outlives_a_killed_parent(analyzer: str, hostile: Blob) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, analyzer], stdin=subprocess.PIPE, start_new_session=True
    )
    assert parent.stdin
    parent.stdin.write(hostile.content)
    parent.stdin.close()
    wanted = 4 if analyzer == "pylint" else 2
    deadline = time.monotonic() + 60
    while len(started := below(parent.pid)) < wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(started) == wanted
    parent.kill()
    parent.wait()
    until(lambda: not any(map(alive, started)))


STUCK = """
import ctypes, os, socket, sys
from collectors.nursery.server import serve
def child(head, connection):
    print(os.getpid(), file=sys.stderr, flush=True)
    ctypes.PyDLL(None).sleep(60)  # a call into C that holds the interpreter's lock
serve(socket.socket(fileno=int(sys.argv[1])), lambda head: False, child)
"""


def test_a_child_stuck_in_a_call_into_c_dies_with_its_parents_parent(tmp_path: Path) -> None:
    door, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with inside:
        nursery = subprocess.Popen(
            [sys.executable, "-c", STUCK, str(inside.fileno())], pass_fds=[inside.fileno()],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, text=True,
        )  # fmt: skip
    assert nursery.stdin
    assert nursery.stderr
    client, theirs = socket.socketpair()
    with nursery, door, client:
        with theirs:
            socket.send_fds(door, [b"?"], [theirs.fileno()])
        write_json(client, {})
        child = int(nursery.stderr.readline())
        nursery.stdin.close()  # as when whoever holds it is killed
        assert nursery.wait(timeout=10) == 0
    assert not alive(child)


@pytest.mark.parametrize(
    ("limit", "said"),
    table([
        ("-v 600000", "(ulimit -v 600000) is too low to measure: run it where `ulimit -H -v` says "
         "at least 2097152"),
        ("-t 5", "(ulimit -t 5) is too low to measure: run it where `ulimit -H -t` says at least "
         "21"),
        ("-f 1000", "(ulimit -f 1000) is too low to measure: run it where `ulimit -H -f` says at "
         "least 65536"),
        ("-n 40", "(ulimit -n 40) is too low to measure: run it where `ulimit -H -n` says at least "
         "256"),
    ], {0}),
)  # fmt: skip
def test_no_facts_come_of_a_shell_that_allows_less(limit: str, said: str) -> None:
    command = f'ulimit {limit}; exec "$@"'
    done = subprocess.run(
        ["bash", "-c", command, "bash", sys.executable, "-c", PARENT, "clones"],
        input=b"x = 1\n", capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    last = done.stderr.decode().splitlines()[-1]
    assert last == f"quality.errors.MeasureError: this shell's hard limit {said}"
