"""An engine for tests: a content that one test had measured, no other test measures again.

Facts are a function of a content, a language, an analyzer and a recipe, so what the real analyzers
in their real processes once said serves every test of the session, in whichever of pytest's workers
it runs. Give ``remembered`` wherever a test needs facts but does not ask how they come about:

    session.measure(ranges, remembered, Quiet(), offline=False)     # Desk.measure does so
    gate(request, GateFacts(checkout, recipe, remembered, processes, Quiet()))  # the gate

A test of processes, interrupts, limits or engines takes ``serial`` or ``engine(...)`` itself, or
says ``desk.measure(anew=True)``.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from collectors.analyzers.pylint import WORTH_READING
from collectors.process.bounded import Chunk, ChunkResult, Supervisor
from quality.model.facts import Blob, Facts

FEW = WORTH_READING - 1  # more at once, and pylint reads the standard library in advance


class Remembered:
    """Applies ``Supervisor.measure`` to what ``folder`` has no facts of, and keeps what it says
    there. Results that a machine lost are no facts and are not kept. Without a folder it keeps
    nothing. All tests of a process share one supervisor, whose processes are warm.
    """

    jobs = 1

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._supervisor: Supervisor | None = None

    def stop(self) -> None:
        """End the processes that measured."""
        if self._supervisor:
            self._supervisor.stop()
            self._supervisor = None

    def __call__(
        self, function: Callable[[Chunk], ChunkResult], items: Iterable[Chunk]
    ) -> Iterator[ChunkResult]:
        if isinstance(getattr(function, "__self__", None), Supervisor):
            self._supervisor = self._supervisor or Supervisor()
            function = self._supervisor.measure
        chunks, lost = list(items), list[str]()
        found = {
            (name, blob.oid, blob.language): self._recall(chunk, name, blob)
            for chunk in chunks
            for name in chunk.analyzers
            for blob in chunk.blobs
        }
        for part in _missing(chunks, found):
            measured = function(part)
            lost += measured.lost
            contents = {(blob.oid, blob.language): blob for blob in part.blobs}
            for facts in measured.facts:
                found[facts.analyzer, facts.blob, facts.language] = facts
                self._keep(part, contents[facts.blob, facts.language], facts)
        for chunk in chunks:
            keys = [(name, blob.oid, blob.language) for name in chunk.analyzers
                    for blob in chunk.blobs]  # fmt: skip
            yield ChunkResult(tuple(facts for key in keys if (facts := found[key])), tuple(lost))
            lost.clear()

    def _recall(self, chunk: Chunk, analyzer: str, blob: Blob) -> Facts | None:
        path = self._path(chunk, analyzer, blob)
        if path is None or not path.exists():
            return None
        facts: Facts = pickle.loads(path.read_bytes())
        return facts

    def _keep(self, chunk: Chunk, blob: Blob, facts: Facts) -> None:
        if path := self._path(chunk, facts.analyzer, blob):
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(f"{path.name}.{os.getpid()}")
            half.write_bytes(pickle.dumps(facts))
            half.replace(path)  # whole or not at all: two workers may have measured it

    def _path(self, chunk: Chunk, analyzer: str, blob: Blob) -> Path | None:
        if self.folder is None:
            return None
        rest = repr(replace(chunk, analyzers=(), blobs=()))  # recipe, limits, and what may come
        content = hashlib.sha256(blob.content).hexdigest()
        key = "\0".join((rest, analyzer, blob.oid, blob.language, content))
        return self.folder / hashlib.sha256(key.encode()).hexdigest()


def _missing(
    chunks: Sequence[Chunk], found: Mapping[tuple[str, str, str], Facts | None]
) -> Iterator[Chunk]:
    """What was not found: contents that lack the same analyzers together, of whatever chunk and
    repository, for a process takes longer to start than for a small file."""
    groups: dict[tuple[Chunk, tuple[str, ...]], dict[tuple[str, str], Blob]] = {}
    for chunk in chunks:
        rest = replace(chunk, analyzers=(), blobs=())
        for blob in chunk.blobs:
            if names := tuple(
                name for name in chunk.analyzers if not found[name, blob.oid, blob.language]
            ):
                groups.setdefault((rest, names), {})[blob.oid, blob.language] = blob
    for (rest, names), group in groups.items():
        blobs = tuple(group.values())
        for start in range(0, len(blobs), FEW):
            yield replace(rest, analyzers=names, blobs=blobs[start : start + FEW])


remembered = Remembered()
