"""The whole line: mirror, snapshots, files, blobs nobody measured yet, analyzers, database.

contract + repositories -> measure() -> facts -> portfolio.evaluate() -> evaluations -> reports
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from collectors.analyzers import ANALYZERS
from collectors.bounded import Chunk, measure_chunk, resume
from collectors.mirror import Mirror, snapshot
from collectors.source import oversize
from quality.contract import Contract, RepositorySource
from quality.engine import Engine
from quality.errors import MeasureError
from quality.history import Request, snapshot_key
from quality.model import Blob, Commit, Facts
from quality.periods import period_end_instant
from quality.portfolio import count
from quality.recipe import Recipe, load_recipe
from quality.scope import Classifier
from quality.store import Store, StoredSnapshot, Wanted

CHUNK_FILES = 30
CHUNK_BYTES = 250_000
SLOW = "pylint"  # travels in chunks of its own, so that the fast analyzers never wait for it


class Watcher(Protocol):
    """Who looks on while a measurement runs."""

    def say(self, line: str) -> None:
        """Something happened that a user who asked for details wants to know."""

    def expect(self, files: int) -> None:
        """So many more measurements of files are to come."""

    def done(self, files: int) -> None:
        """So many of them are finished and kept."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a run did. ``problems``: one line each for what could not be measured; ``blobs``:
    distinct contents that at least one analyzer looked at."""

    problems: list[str] = field(default_factory=list)
    blobs: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the repositories are mirrored. ``offline``: the mirrors serve as they are; ``now``: the
    moment of the run, with its zone."""

    mirrors: Path
    offline: bool = False
    now: datetime | None = None


def measure(
    store: Store, requests: Sequence[Request], source: Source, engine: Engine, watcher: Watcher
) -> Measurement:
    """Measure what nobody measured yet, and keep it chunk by chunk.

    What goes wrong with one repository is a problem of the result, and the others go on.
    """
    result = Measurement()
    for recipe_id in sorted({request.contract.recipe for request in requests}):
        recipe = load_recipe(recipe_id)
        recipe.verify_tools()
        run = _Run(store, recipe, source, watcher, result)
        same = [request for request in requests if request.contract.recipe == recipe_id]
        try:
            for measured in engine(measure_chunk, run.chunks(same)):
                store.add_facts(measured.facts, run.parts)
                result.problems.extend(measured.lost)
                watcher.done(len(measured.facts))
        finally:
            resume()
    for request in requests:
        count(store, request)
    return result


Missing = dict[tuple[str, str], tuple[str, ...]]  # (blob, language) -> analyzers


@dataclass(frozen=True, slots=True)
class _Run:
    """One recipe's part of a measurement, up to the chunks that the engine measures."""

    store: Store
    recipe: Recipe
    source: Source
    watcher: Watcher
    result: Measurement
    begun: set[tuple[str, str, str]] = field(default_factory=set)  # (blob, language, analyzer)

    @property
    def parts(self) -> dict[str, str]:
        return {part.name: part.digest for part in self.recipe.parts}

    def chunks(self, requests: Sequence[Request]) -> Iterator[Chunk]:
        """The work, read lazily: one repository after the other, as fast as it is measured."""
        for request in requests:
            for repository in request.contract.repositories:
                try:
                    for chunk in self._repository(request, repository):
                        self.begun.update(
                            (blob.oid, blob.language, analyzer)
                            for analyzer in chunk.analyzers
                            for blob in chunk.blobs
                        )
                        yield chunk
                except MeasureError as error:
                    self.result.problems.append(str(error))
                    self._explain_absence(request, repository, str(error))

    def _repository(self, request: Request, repository: RepositorySource) -> Iterator[Chunk]:
        url = repository.source(request.contract.path)
        with Mirror(self.source.mirrors, repository.name, url) as mirror:
            self.watcher.say(f"{repository.name}: reading the repository")
            mirror.sync(self.source.offline, repository.branch)
            commits = self._snapshots(request, repository, mirror)
            missing = self._missing(self._wanted(request.contract, commits))
            self.watcher.expect(sum(map(len, missing.values())))
            self.result.blobs.update(oid for oid, _ in missing)
            self.watcher.say(f"{repository.name}: {len(missing)} contents to measure")
            yield from _read(mirror, self.recipe, missing)

    def _snapshots(
        self, request: Request, repository: RepositorySource, mirror: Mirror
    ) -> list[Commit]:
        """Find the commit of each period and list its files; returns the commits."""
        contract = request.contract
        line = mirror.first_parents(repository.branch)
        shas = {commit.sha for commit in line}
        before = self.store.snapshots(repository.address(contract.path))
        found = []
        for period in request.periods:
            key = snapshot_key(contract, repository.name, period)
            commit = snapshot(line, period_end_instant(period, contract.timezone))
            if self.source.now and not self.source.offline:
                self.store.set_fetched(key, self.source.now)
            if commit is None:
                reason = f"no commit of {repository.branch} before the end of {period.id}"
                self.store.set_snapshot(key, StoredSnapshot(None, reason))
                self.result.problems.append(f"{repository.name}: {reason}")
                continue
            if not self.store.has_commit(commit.sha):
                self.store.add_commit(commit, mirror.files(commit.sha))
            rewritten = _rewritten(before.get(key), shas)
            self.store.set_snapshot(key, StoredSnapshot(commit, "", rewritten))
            if rewritten:
                self.result.problems.append(
                    f"{repository.name}: history was rewritten: {rewritten[:12]} stood for "
                    f"{period.id} before, now {commit.sha[:12]} does"
                )
            found.append(commit)
        return found

    def _explain_absence(self, request: Request, repository: RepositorySource, reason: str) -> None:
        """Keep why a repository has no snapshot, where none was found before."""
        known = self.store.snapshots(repository.address(request.contract.path))
        for period in request.periods:
            key = snapshot_key(request.contract, repository.name, period)
            before = known.get(key)
            if before is None or before.commit is None:
                text = reason.removeprefix(f"{repository.name}: ")
                self.store.set_snapshot(key, StoredSnapshot(None, text))

    def _wanted(self, contract: Contract, commits: Sequence[Commit]) -> dict[Wanted, int]:
        """Every measurement that the commits need, with the size of its blob in bytes:
        production files by every analyzer of their language, test files by lizard."""
        classify = Classifier(contract.files)
        wanted: dict[Wanted, int] = {}
        for commit in commits:
            for path, blob, size, language in self.store.files(commit.sha):
                kind = classify(path)
                for part in self.recipe.parts:
                    needed = kind == "production" or (kind == "test" and part.name == "lizard")
                    if needed and ANALYZERS[part.name].applies(language):
                        wanted[Wanted(blob, language, part.name, part.digest)] = size
        return wanted

    def _missing(self, wanted: dict[Wanted, int]) -> Missing:
        """Which analyzers each content still needs. What is too large to read is settled here.

        What an engine still works on stands in no database yet: another repository with the same
        content must not have it measured, and so counted, twice.
        """
        missing: dict[tuple[str, str], list[str]] = {}
        refused = []
        for item in self.store.missing(wanted):
            if (item.blob, item.language, item.analyzer) in self.begun:
                continue
            if reason := oversize(wanted[item], self.recipe.limits):
                refused.append(Facts(item.blob, item.language, item.analyzer, reason))
            else:
                missing.setdefault((item.blob, item.language), []).append(item.analyzer)
        if refused:
            self.store.add_facts(refused, self.parts)
        return {content: tuple(analyzers) for content, analyzers in missing.items()}


def _rewritten(before: StoredSnapshot | None, line: set[str]) -> str:
    """The commit that stood for a period and is no longer on the branch; "" if all is well."""
    if before is None or before.commit is None:
        return ""
    return before.rewritten if before.commit.sha in line else before.commit.sha


def _read(mirror: Mirror, recipe: Recipe, missing: Missing) -> Iterator[Chunk]:
    """Chunks of blobs that need the same analyzers."""
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for content, analyzers in missing.items():
        groups.setdefault(analyzers, []).append(content)
    for analyzers, contents in groups.items():
        languages: dict[str, list[str]] = {}
        for oid, language in contents:
            languages.setdefault(oid, []).append(language)
        blobs: list[Blob] = []
        for oid, body in mirror.read(languages):
            blobs += [Blob(oid, language, body) for language in languages[oid]]
            if len(blobs) >= CHUNK_FILES or sum(len(b.content) for b in blobs) >= CHUNK_BYTES:
                yield from _split(recipe, analyzers, blobs)
                blobs = []
        if blobs:
            yield from _split(recipe, analyzers, blobs)


def _split(recipe: Recipe, analyzers: tuple[str, ...], blobs: Sequence[Blob]) -> Iterator[Chunk]:
    fast = tuple(name for name in analyzers if name != SLOW)
    if SLOW in analyzers:
        yield Chunk(recipe.id, (SLOW,), tuple(blobs))
    if fast:
        yield Chunk(recipe.id, fast, tuple(blobs))
