"""Facts of the files that a gate looks at: measured when first asked for, never twice.

A database only saves work: facts found there are reused and new ones are added at the end. When
it is locked or broken, the gate says so and goes on without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from collectors.git.checkout import Checkout
from collectors.languages.source import oversize
from collectors.process.bounded import Supervisor
from quality.errors import MeasureError
from quality.measure.chunks import FactKey, chunks, work
from quality.measure.engine import Engine
from quality.measure.watcher import Watcher
from quality.model.facts import Facts, Row
from quality.model.recipe import Recipe
from quality.model.repository import TreeFile

Needed = tuple[TreeFile, str]  # a file and the analyzer to measure it with
RowKind = TypeVar("RowKind", bound=Row)


@dataclass(slots=True)
class GateFacts:
    """Facts by blob, language and analyzer. ``lost``: what the machine, not the content, prevented,
    one line each; such facts are missing."""

    checkout: Checkout
    recipe: Recipe
    engine: Engine
    processes: Supervisor
    watcher: Watcher
    database: Path | None = None
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    known: dict[FactKey, Facts] = field(default_factory=dict)
    _fresh: list[Facts] = field(default_factory=list)

    def of(self, file: TreeFile | None, analyzer: str) -> Facts | None:
        """What was measured; None where the analyzer does not apply or the facts were lost."""
        return self.known.get((file.oid, file.language or "", analyzer)) if file else None

    def reason(self, file: TreeFile | None, analyzer: str) -> str:
        """Why a file could not be measured; "" where it was, or where there are no facts."""
        facts = self.of(file, analyzer)
        return (facts.reason or "") if facts else ""

    def rows(self, file: TreeFile | None, analyzer: str, kind: type[RowKind]) -> list[RowKind]:
        """The rows of one kind that an analyzer has of a file; none where it is unmeasured."""
        facts = self.of(file, analyzer)
        return [row for row in facts.rows if isinstance(row, kind)] if facts else []

    def measure(self, needed: Iterable[Needed]) -> None:
        """Measure what is not known yet, wherever the analyzer reads the language."""
        wanted: dict[FactKey, int] = {}
        paths = dict[str, str]()
        for file, analyzer in needed:
            key = (file.oid, file.language or "", analyzer)
            reads = file.language and self.recipe.part(analyzer).reads(file.language)
            if reads and key not in self.known:
                wanted[key] = file.size
                paths[file.oid] = file.path
        for key, size in list(wanted.items()):
            if reason := oversize(size, key[1], self.recipe.limits):
                del wanted[key]
                self.known[key] = Facts(*key, reason, cause="ours")
        if self.database and wanted:
            self._recall(self.database, list(wanted))
        missing = {key: size for key, size in wanted.items() if key not in self.known}
        if not missing:
            return
        self.watcher.expect(len(missing), work(missing, missing, self.recipe))
        broken = set[str]()
        read = partial(self._read, broken)
        parts = chunks(missing, self.recipe, self.engine.jobs, read)
        self.watcher.follow(
            lambda: [f"{paths[blob.oid]} ({name})" for name, blob in self.processes.in_hand()]
        )
        for measured in self.engine(self.processes.measure, parts):
            facts = [each for each in measured.facts if each.blob not in broken]
            self.known |= {(f.blob, f.language, f.analyzer): f for f in facts}
            self._fresh += facts
            self.lost += measured.lost
            keys = [(f.blob, f.language, f.analyzer) for f in measured.facts]
            self.watcher.done(len(keys), work(missing, keys, self.recipe))
        self.lost += [
            f"{analyzer} cannot read {paths[oid]}: its content is missing or damaged here"
            for oid, _, analyzer in missing
            if oid in broken
        ]

    def _read(self, broken: set[str], oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The blobs in order; what cannot be read is put to ``broken`` and stands as no text, so
        that whatever is said of it is no fact."""
        for oid, content in self.checkout.readable(oids):
            if content is None:
                broken.add(oid)
            yield oid, content or (b"\0" if content is None else b"")

    # ------------------------------------------------------------ the database

    def _recall(self, database: Path, keys: Sequence[FactKey]) -> None:
        from quality.store.database import Store, Wanted
        from quality.store.known import known_facts

        wanted = [Wanted(*key, self.recipe.part(key[2]).digest) for key in keys]
        try:
            with Store(database, read_only=True) as store:
                found = known_facts(store, wanted)
        except MeasureError as error:
            self._go_on_without(error)
            return
        self.known |= {(f.blob, f.language, f.analyzer): f for f in found}

    def keep(self) -> None:
        """Add what was measured anew to the database, where there is one."""
        if not self.database or not self._fresh:
            return
        from quality.store.database import Store, Wanted

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
