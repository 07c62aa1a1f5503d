"""Facts of the files that a gate looks at: measured when first asked for, never twice.

A database only saves work: facts found there are reused and new ones are added at the end. When
it is locked or broken, the gate says so and goes on without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from collectors.analyzers import ANALYZERS
from collectors.bounded import Chunk, measure_chunk, resume
from collectors.checkout import Checkout
from collectors.source import oversize
from quality.engine import Engine
from quality.errors import MeasureError
from quality.model import Blob, Facts, TreeFile
from quality.pipeline import CHUNK_BYTES, CHUNK_FILES, SLOW, Watcher
from quality.recipe import Recipe

SLOW_FILES, SLOW_BYTES = CHUNK_FILES, CHUNK_BYTES
FAST_FILES, FAST_BYTES = 300, 1_000_000  # of one process, whose start costs as much as 30 files
WORTH_A_PROCESS = 40_000  # bytes; fewer are measured by a fast analyzer sooner in one than in two

Key = tuple[str, str, str]  # blob, language, analyzer
Wish = tuple[TreeFile, str]  # a file and the analyzer to measure it with


@dataclass(slots=True)
class FactBook:
    """Facts by blob, language and analyzer. ``lost``: what the machine, not the content,
    prevented, one line each; such facts are missing."""

    checkout: Checkout
    recipe: Recipe
    engine: Engine
    jobs: int
    watcher: Watcher
    database: Path | None = None
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _known: dict[Key, Facts] = field(default_factory=dict)
    _fresh: list[Facts] = field(default_factory=list)

    def facts(self, file: TreeFile, analyzer: str) -> Facts | None:
        """What was measured; None where the analyzer does not apply or the facts were lost."""
        return self._known.get((file.oid, file.language or "", analyzer))

    def measure(self, wishes: Iterable[Wish]) -> None:
        """Measure what is not known yet, wherever the analyzer applies."""
        wanted: dict[Key, int] = {}
        for file, analyzer in wishes:
            key = (file.oid, file.language or "", analyzer)
            if key not in self._known and file.language and ANALYZERS[analyzer].applies(key[1]):
                wanted[key] = file.size
        for key in [key for key, size in wanted.items() if oversize(size, self.recipe.limits)]:
            reason = oversize(wanted.pop(key), self.recipe.limits)
            self._known[key] = Facts(*key, reason)
        if self.database and wanted:
            self._recall(self.database, list(wanted))
        missing = {key: size for key, size in wanted.items() if key not in self._known}
        self.watcher.expect(len(missing))
        try:
            for measured in self.engine(measure_chunk, self._chunks(missing)):
                self._known |= {(f.blob, f.language, f.analyzer): f for f in measured.facts}
                self._fresh += measured.facts
                self.lost += measured.lost
                self.watcher.done(len(measured.facts))
        finally:
            resume()

    def all(self) -> list[Facts]:
        """All that is known."""
        return list(self._known.values())

    # ------------------------------------------------------------ chunks

    def _chunks(self, missing: dict[Key, int]) -> Iterator[Chunk]:
        """The work, the slow analyzer's first; contents are read as they are measured."""
        analyzers: dict[tuple[bool, str, str], list[str]] = {}
        sizes = {(blob, language): size for (blob, language, _), size in missing.items()}
        for blob, language, analyzer in missing:
            analyzers.setdefault((analyzer != SLOW, blob, language), []).append(analyzer)
        groups: dict[tuple[bool, tuple[str, ...]], list[tuple[str, str]]] = {}
        for (fast, blob, language), names in analyzers.items():
            groups.setdefault((fast, tuple(sorted(names))), []).append((blob, language))
        parts = [
            (chosen, part)
            for (fast, chosen), contents in sorted(groups.items())
            for part in self._split(contents, sizes, fast)
        ]
        bodies = self.checkout.read(blob for _, part in parts for blob, _ in part)
        for chosen, part in parts:
            blobs = [Blob(blob, language, next(bodies)[1]) for blob, language in part]
            yield Chunk(self.recipe.id, chosen, tuple(blobs))

    def _split(
        self, contents: Sequence[tuple[str, str]], sizes: dict[tuple[str, str], int], fast: bool
    ) -> list[list[tuple[str, str]]]:
        """Parts of about the same number of bytes, one a process."""
        ordered = sorted(contents, key=lambda content: (-sizes[content], content))
        whole = sum(sizes[content] for content in ordered)
        files, size = (FAST_FILES, FAST_BYTES) if fast else (SLOW_FILES, SLOW_BYTES)
        worth = whole // WORTH_A_PROCESS if fast else len(ordered)
        number = max(
            1, ceil(len(ordered) / files), ceil(whole / size), min(self.jobs, worth, len(ordered))
        )
        return [part for n in range(number) if (part := ordered[n::number])]

    # ------------------------------------------------------------ the database

    def _recall(self, database: Path, keys: Sequence[Key]) -> None:
        from quality.known_facts import known_facts
        from quality.store import Store, Wanted

        wanted = [Wanted(*key, self.recipe.part(key[2]).digest) for key in keys]
        try:
            with Store(database, read_only=True) as store:
                found = known_facts(store, wanted)
        except MeasureError as error:
            self._go_on_without(error)
            return
        self._known |= {(f.blob, f.language, f.analyzer): f for f in found}

    def keep(self) -> None:
        """Add what was measured anew to the database, where there is one."""
        if not self.database or not self._fresh:
            return
        from quality.store import Store, Wanted

        parts = {part.name: part.digest for part in self.recipe.parts}
        fresh = {Wanted(f.blob, f.language, f.analyzer, parts[f.analyzer]): f for f in self._fresh}
        try:
            with Store(self.database) as store:
                store.add_facts([fresh[item] for item in store.missing(fresh)], parts)
        except MeasureError as error:
            self._go_on_without(error)

    def _go_on_without(self, error: MeasureError) -> None:
        self.database = None
        self.notes.append(f"{error}; the gate went on without the database")
