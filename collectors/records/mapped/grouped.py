"""Rows of one ticket put together, wherever they stand in a file of any size."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import Any
from zlib import crc32

PARTS = 64
BATCH = 256  # rows written at once
FEW = 200_000  # rows that fit into memory


def grouped(rows: Iterable[tuple[str, int, Any]]) -> Iterator[tuple[str, list[tuple[int, Any]]]]:
    """Takes id, place and row; gives each id with its places and rows, in their order. What is
    too much for memory waits in temporary files, by id."""
    here = dict[str, list[tuple[int, Any]]]()
    walk = iter(rows)
    for count, (number, place, row) in enumerate(walk, 1):
        here.setdefault(number, []).append((place, row))
        if count == FEW:
            break
    else:
        yield from here.items()
        return
    with ExitStack() as stack:
        parts = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(PARTS)]
        waiting: list[list[tuple[str, int, Any]]] = [[] for _ in parts]

        def put(number: str, place: int, row: Any) -> None:
            part = crc32(number.encode("utf-8", "replace")) % PARTS
            batch = waiting[part]
            batch.append((number, place, row))
            if len(batch) == BATCH:
                pickle.dump(batch, parts[part], -1)
                batch.clear()

        for number, of_one in here.items():
            for place, row in of_one:
                put(number, place, row)
        here.clear()
        for number, place, row in walk:
            put(number, place, row)
        for part, batch in zip(parts, waiting, strict=True):
            pickle.dump(batch, part, -1)
            batch.clear()
            pickle.dump(None, part)
            part.seek(0)
            yield from _of_a_part(part)
            part.close()


def _of_a_part(part: Any) -> Iterator[tuple[str, list[tuple[int, Any]]]]:
    found = dict[str, list[tuple[int, Any]]]()
    while (batch := pickle.load(part)) is not None:  # noqa: S301  # written by ourselves
        for number, place, row in batch:
            found.setdefault(number, []).append((place, row))
    yield from found.items()
