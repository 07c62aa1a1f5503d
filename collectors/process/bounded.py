"""Measure a chunk of blobs in bounded processes: one hostile file costs one unmeasured row.

A chunk is the unit of work of every engine: bytes in, facts out, no shared disk, no database and
no git. The limits hold for a process, whatever it holds; when it dies, what got no facts is tried
again in eighths, down to a single analyzer on a single blob. So facts do not depend on how blobs
were put together.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import IO, Any

from quality.catalogue.recipes import RUNNING, load_recipe
from quality.errors import MeasureError, WorkmanshipError
from quality.model.facts import ROWS, Blob, Facts, Row
from quality.model.recipe import Limits

PARTS = 8  # each level costs the time limit once more, a process start far less than a second
WALL_FACTOR = 15  # a machine that is this much slower than its CPU time is stuck, not slow
ROW_TYPES = {row.__name__: row for row in ROWS}

Task = tuple[str, Blob]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Blobs to measure with each of the analyzers, by a recipe's id and under the minor version
    of Python that asks. ``limits``: tighter ones than the recipe's, to try what happens at them;
    facts to keep are measured without."""

    recipe: str
    analyzers: tuple[str, ...]
    blobs: tuple[Blob, ...]
    limits: Limits | None = None
    python: str = RUNNING


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """A chunk's facts. ``lost``: results that the machine, not the content, prevented (killed,
    out of memory), one line each; they are not facts and are measured again next time."""

    facts: tuple[Facts, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one process said of its tasks. ``death``: why it said no more, None if it said all."""

    facts: list[Facts]
    death: str | None
    transient: bool = False


class Supervisor:
    """Measures chunks in processes that it owns, from any number of threads; a context manager
    that ends what still runs when its block is left, and starts no more.

    It travels to another machine as a supervisor of its own there.
    """

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopping = threading.Event()

    def __reduce__(self) -> tuple[type[Supervisor], tuple[()]]:
        return Supervisor, ()

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the processes that run and start no more; who waits for one gets a MeasureError."""
        self._stopping.set()
        for process in list(self._running):
            _kill(process)

    def measure(self, chunk: Chunk) -> ChunkResult:
        """Every fact of the chunk (MeasureError if an analyzer may not be trusted at all)."""
        tasks = [(analyzer, blob) for analyzer in chunk.analyzers for blob in chunk.blobs]
        facts: list[Facts] = []
        lost: list[str] = []
        limits = chunk.limits or load_recipe(chunk.recipe).limits
        for task, attempt in self._settle(chunk, limits, tasks):
            facts += attempt.facts
            if task and attempt.transient:
                lost.append(f"{task[0]} on blob {task[1].oid}: {attempt.death}")
            elif task:
                analyzer, blob = task
                facts.append(Facts(blob.oid, blob.language, analyzer, attempt.death, cause="ours"))
        return ChunkResult(tuple(facts), tuple(lost))

    def _settle(
        self, chunk: Chunk, limits: Limits, tasks: Sequence[Task]
    ) -> Iterator[tuple[Task | None, _Attempt]]:
        """Attempts until each task has facts or died alone (then the task comes with it)."""
        attempt = self._attempt(chunk, limits, tasks)
        if attempt.death is None:
            yield None, attempt
            return
        done = {(facts.analyzer, facts.blob, facts.language) for facts in attempt.facts}
        left = [task for task in tasks if (task[0], task[1].oid, task[1].language) not in done]
        if len(tasks) == 1:
            yield (tasks[0] if left else None), attempt
            return
        yield None, attempt
        size = max(1, -(-len(left) // PARTS))
        for start in range(0, len(left), size):
            yield from self._settle(chunk, limits, left[start : start + size])

    def _attempt(self, chunk: Chunk, limits: Limits, tasks: Sequence[Task]) -> _Attempt:
        try:
            with self._process(chunk, limits) as process:
                return _converse(process, tasks, limits)
        except OSError as error:
            raise MeasureError(
                f"no process can be run for the analyzers: {error.strerror}: give this machine "
                "more room (ulimit, memory, disk) and run it again"
            ) from error

    @contextmanager
    def _process(self, chunk: Chunk, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
        """A worker in a session and a folder of its own; dead with all its children afterwards."""
        arguments = [chunk.recipe, json.dumps(asdict(limits)), chunk.python]
        with tempfile.TemporaryDirectory(prefix="workmanship-") as scratch:
            self._go_on()
            process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-B", "-m", "collectors.process.worker", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=scratch,
                env=_environment(scratch),
                start_new_session=True,
            )
            self._running.add(process)
            if self._stopping.is_set():
                _kill(process)
            timer = threading.Timer(limits.cpu_seconds * WALL_FACTOR, _kill, [process])
            try:
                timer.start()
                yield process
            finally:
                timer.cancel()
                self._running.discard(process)
                _kill(process)
                with suppress(BrokenPipeError):
                    _pipe(process.stdin).close()
                _pipe(process.stdout).close()
                process.wait()
            self._go_on()

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise MeasureError("interrupted")


def _environment(scratch: str) -> dict[str, str]:
    """Nothing of the caller's environment: no PYTHONPATH, so no module but installed ones."""
    return {
        "PATH": os.defpath,
        "HOME": scratch,
        "TMPDIR": scratch,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
    }


def _converse(process: subprocess.Popen[bytes], tasks: Sequence[Task], limits: Limits) -> _Attempt:
    stdin, stdout = _pipe(process.stdin), _pipe(process.stdout)
    if not stdout.readline():
        if process.wait() >= 0:
            raise WorkmanshipError("the analyzers' process does not start: install workmanship")
        return _Attempt([], *_death(process, limits))
    try:
        _send(stdin, tasks)
    except BrokenPipeError:
        return _Attempt([], *_death(process, limits))
    facts: list[Facts] = []
    for line in stdout:
        result = json.loads(line)
        if isinstance(result, list):
            facts.append(_decode(result))
        elif "stop" in result:
            raise MeasureError(result["stop"])
        else:
            return _Attempt(facts, result.get("died"))
    return _Attempt(facts, *_death(process, limits))


def _send(stdin: IO[bytes], tasks: Sequence[Task]) -> None:
    blobs = {(blob.oid, blob.language): blob for _, blob in tasks}
    header = {
        "blobs": [(blob.oid, blob.language, len(blob.content)) for blob in blobs.values()],
        "tasks": [(analyzer, blob.oid, blob.language) for analyzer, blob in tasks],
    }
    stdin.write(json.dumps(header).encode() + b"\n")
    for blob in blobs.values():
        stdin.write(blob.content)
    stdin.flush()


def _decode(result: list[Any]) -> Facts:
    blob, language, analyzer, reason, rows, cause = result
    return Facts(blob, language, analyzer, reason, tuple(_row(*row) for row in rows), cause)


def _row(name: str, values: list[Any]) -> Row:
    lists = [tuple(value) if isinstance(value, list) else value for value in values]
    row: Row = ROW_TYPES[name](*lists)
    return row


def _death(process: subprocess.Popen[bytes], limits: Limits) -> tuple[str, bool]:
    """Why the process ended without a last word, and whether the machine is to blame."""
    code = process.wait()
    if code == -signal.SIGXCPU:
        return f"over the time limit of {limits.cpu_seconds} s", False
    if code == -signal.SIGKILL:
        return "killed from outside, or stuck", True
    if code < 0:
        return f"the analyzer crashed ({signal.Signals(-code).name})", False
    return "the analyzer gave up", False


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - for the type checker
    return stream


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children, from any thread; its pipes are its own thread's."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
