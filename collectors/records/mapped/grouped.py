"""Rows of one ticket put together, wherever they stand in a file of any size."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any
from zlib import crc32

PARTS = 64
BATCH = 64  # runs of rows that are written at once
FEW = 3_000  # runs that are held in memory

Run = list[tuple[int, Any]]
"""Rows that stand one after the other, with their places."""


def grouped(runs: Iterable[tuple[str, Run]]) -> Iterator[tuple[str, Run]]:
    """Takes ids with runs of rows; gives each id once, with all of its rows in their order. What
    is too much for memory waits in temporary files, by id."""
    here = dict[str, Run]()
    walk = iter(runs)
    for count, (number, run) in enumerate(walk, 1):
        here.setdefault(number, []).extend(run)
        if count == FEW:
            break
    else:
        yield from here.items()
        return
    with ExitStack() as stack:
        parts = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(PARTS)]
        waiting: list[list[tuple[str, Run]]] = [[] for _ in parts]

        def put(number: str, run: Run) -> None:
            part = crc32(number.encode("utf-8", "replace")) % PARTS
            batch = waiting[part]
            batch.append((number, run))
            if len(batch) == BATCH:
                _write(parts[part], batch)
                batch.clear()

        for number, run in here.items():
            put(number, run)
        here.clear()
        for number, run in walk:
            put(number, run)
        for part, batch in zip(parts, waiting, strict=True):
            _write(part, batch)
            batch.clear()
            part.seek(0)
            yield from _of_a_part(part)
            part.close()


def _of_a_part(part: Any) -> Iterator[tuple[str, Run]]:
    found = dict[str, Run]()
    while size := part.read(8):
        batch = marshal.loads(part.read(int.from_bytes(size)))  # noqa: S302  # written by ourselves
        for number, run in batch:
            if number in found:
                found[number].extend(run)
            else:
                found[number] = run
    yield from found.items()


def _write(part: Any, batch: list[tuple[str, Run]]) -> None:
    data = marshal.dumps(batch)
    part.write(len(data).to_bytes(8))
    part.write(data)
