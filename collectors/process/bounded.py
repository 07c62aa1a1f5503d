"""Measure a chunk of blobs in bounded processes: one hostile file costs one unmeasured row.

A chunk is the unit of work of every engine: bytes in, facts out, no shared disk, no database and
no git. The limits hold for each file. What dies of one in company is tried again alone, and the
rest goes on in a new process, forked from a warm one: so a hostile file costs its own limit and
little more, and facts do not depend on how blobs were put together.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from collectors.nursery.client import KILLED, Nursery, death
from collectors.nursery.messages import read_json, write, write_json
from quality.catalogue.recipes import load_recipe
from quality.catalogue.tools import RUNNING, machine
from quality.errors import MeasureError, WorkmanshipError
from quality.model.facts import ROWS, Blob, Facts, Row
from quality.model.recipe import Limits

COMPANY_SECONDS = 5  # of CPU for one file; honest ones need less, also on a slow machine
STUCK_SECONDS = 900  # without a word; that much slower than its CPU time is no machine
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
    out of memory), one line each; they are not facts and are measured again next time. ``rest``:
    what of the chunk is still to be measured."""

    facts: tuple[Facts, ...]
    lost: tuple[str, ...]
    rest: tuple[Chunk, ...] = ()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one process said of its tasks. ``death``: why it said no more, None if it said all."""

    facts: list[Facts]
    death: str | None
    transient: bool = False


class Supervisor:
    """Measures chunks in children of a nursery that it owns, from any number of threads; a
    context manager that ends what still runs when its block is left, and starts no more.

    Where it travels to, it is that process's own, which lives as long as the process does.
    """

    def __init__(self) -> None:
        self._nursery = Nursery(["-m", "collectors.process.worker"], machine(), apart=True)
        self._stopping = threading.Event()
        self._in_hand: dict[int, Task] = {}

    def __reduce__(self) -> tuple[Callable[[], Supervisor], tuple[()]]:
        return _of_this_process, ()

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the processes that run and start no more; who waits for one gets a MeasureError."""
        self._stopping.set()
        self._nursery.stop()

    def in_hand(self) -> list[Task]:
        """What is being measured just now, the longest first."""
        return list(self._in_hand.values())

    def begin(self, recipe: str, analyzers: Sequence[str]) -> None:
        """Have those of the analyzers start that take long, while the caller gets its work
        together. What goes wrong is told to who measures."""
        chunk, limits = Chunk(recipe, (), ()), load_recipe(recipe).limits
        with suppress(MeasureError), self._nursery.connect() as connection:
            _send(connection, chunk, limits, (), analyzers)

    def measure(self, chunk: Chunk) -> ChunkResult:
        """Every fact of the chunk (MeasureError if an analyzer may not be trusted at all)."""
        return self._measure(chunk, whole=True)

    def measure_on(self, chunk: Chunk) -> ChunkResult:
        """The same up to the first file that had to be tried alone, and the rest of the chunk: so
        what is kept before others are tried was not measured in vain when somebody ends the run."""
        return self._measure(chunk, whole=False)

    def _measure(self, chunk: Chunk, *, whole: bool) -> ChunkResult:
        facts: list[Facts] = []
        lost: list[str] = []
        rest: tuple[Chunk, ...] = ()
        alone = False
        try:
            for task, attempt, left in self._settle(chunk):
                facts += attempt.facts
                if task and attempt.transient:
                    lost.append(f"{task[0]} on blob {task[1].oid}: {attempt.death}")
                elif task:
                    name, blob = task
                    facts.append(Facts(blob.oid, blob.language, name, attempt.death, cause="ours"))
                if alone and not whole:
                    rest = tuple(_chunks(chunk, left))
                    break
                alone = attempt.death is not None
        finally:
            self._in_hand.pop(threading.get_ident(), None)
        return ChunkResult(tuple(facts), tuple(lost), rest)

    def _settle(self, chunk: Chunk) -> Iterator[tuple[Task | None, _Attempt, Sequence[Task]]]:
        """Attempts until each task has facts or died alone (then the task comes with it), and what
        is left after each.

        In company a file gets a short time. One that needs longer, or ends its process in another
        way, is tried alone with all that the limits allow, and the others go on without it.
        """
        alone = chunk.limits or load_recipe(chunk.recipe).limits
        company = replace(alone, cpu_seconds=min(COMPANY_SECONDS, alone.cpu_seconds))
        left = [(analyzer, blob) for analyzer in chunk.analyzers for blob in chunk.blobs]
        while left:
            attempt = self._attempt(chunk, alone if len(left) == 1 else company, left)
            rest = _without(left, attempt.facts)
            if attempt.death is None or len(left) == 1:
                yield (rest[0] if rest else None), attempt, rest[1:]
                return
            yield None, attempt, rest
            left = rest[1:]
            if rest:
                last = self._attempt(chunk, alone, rest[:1])
                yield (rest[0] if last.death else None), last, left

    def _attempt(self, chunk: Chunk, limits: Limits, tasks: Sequence[Task]) -> _Attempt:
        self._go_on()
        facts: list[Facts] = []
        with self._nursery.connect() as connection:
            connection.settimeout(STUCK_SECONDS)  # then the nursery sees us go, and ends the child
            try:
                _send(connection, chunk, limits, tasks)
                death, transient = self._converse(connection, limits, tasks, facts)
            except (EOFError, TimeoutError, BrokenPipeError) as error:
                self._go_on()
                if not facts and self._nursery.broken():
                    raise WorkmanshipError(
                        "the analyzers' process does not start: install workmanship"
                    ) from error
                death, transient = KILLED, True
        self._go_on()
        return _Attempt(facts, death, transient)

    def _converse(
        self,
        connection: socket.socket,
        limits: Limits,
        tasks: Sequence[Task],
        facts: list[Facts],
    ) -> tuple[str | None, bool]:
        """Collect facts until the child's last word; why it said no more, and whether the machine
        is to blame."""
        while True:
            if len(facts) < len(tasks):
                self._in_hand.pop(threading.get_ident(), None)
                self._in_hand[threading.get_ident()] = tasks[len(facts)]
            result = read_json(connection)
            if isinstance(result, list):
                facts.append(_decode(result))
            elif "stop" in result:
                raise MeasureError(result["stop"])
            elif "ended" in result:
                return death(result["ended"], limits.cpu_seconds)
            else:
                return result.get("died"), result.get("transient", False)

    def _go_on(self) -> None:
        if self._stopping.is_set():
            raise MeasureError("interrupted")


def _without(tasks: Sequence[Task], facts: Sequence[Facts]) -> list[Task]:
    """The tasks that have no facts yet."""
    done = {(each.analyzer, each.blob, each.language) for each in facts}
    return [task for task in tasks if (task[0], task[1].oid, task[1].language) not in done]


def _chunks(chunk: Chunk, tasks: Sequence[Task]) -> Iterator[Chunk]:
    """The tasks that are left of a chunk: the first of its analyzers may have some blobs left."""
    blobs: dict[str, list[Blob]] = {}
    for analyzer, blob in tasks:
        blobs.setdefault(analyzer, []).append(blob)
    alike = groupby(blobs, key=lambda analyzer: len(blobs[analyzer]))
    for names in (tuple(names) for _, names in alike):
        yield replace(chunk, analyzers=names, blobs=tuple(blobs[names[0]]))


@cache
def _of_this_process() -> Supervisor:
    return Supervisor()


def _send(
    connection: socket.socket,
    chunk: Chunk,
    limits: Limits,
    tasks: Sequence[Task],
    begun: Sequence[str] = (),
) -> None:
    blobs = {(blob.oid, blob.language): blob for _, blob in tasks}
    head = {
        "recipe": chunk.recipe,
        "python": chunk.python,
        "limits": asdict(limits),
        "blobs": list(blobs),
        "begun": begun,
        "tasks": [(analyzer, blob.oid, blob.language) for analyzer, blob in tasks],
    }
    try:
        write_json(connection, head)
        for blob in blobs.values():
            write(connection, blob.content)
    except (BrokenPipeError, ConnectionResetError):  # its last word tells why
        return


def _decode(result: list[Any]) -> Facts:
    blob, language, analyzer, reason, rows, cause = result
    return Facts(blob, language, analyzer, reason, tuple(_row(*row) for row in rows), cause)


def _row(name: str, values: list[Any]) -> Row:
    lists = [tuple(value) if isinstance(value, list) else value for value in values]
    row: Row = ROW_TYPES[name](*lists)
    return row
