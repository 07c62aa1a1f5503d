"""The whole line: mirror, snapshots, files, blobs nobody measured yet, analyzers, database.

contract + repositories -> measure() -> facts -> portfolio.evaluate() -> evaluations -> reports
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from collectors.git.mirror import Mirror, snapshot
from collectors.languages.source import oversize
from collectors.process.bounded import Chunk, measure_chunk, resume
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.contract.contract import Contract, Repository
from quality.contract.periods import period_end_instant
from quality.errors import MeasureError
from quality.measure.chunks import Key, chunks
from quality.measure.engine import Engine
from quality.measure.watcher import Watcher
from quality.model.facts import Facts
from quality.model.recipe import Recipe
from quality.model.repository import Commit
from quality.store.counting import Classifier
from quality.store.database import SnapshotKey, Store, StoredSnapshot, Wanted
from quality.verdicts.history import Request, snapshot_key
from quality.verdicts.portfolio import count


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a run did, in lines for the user. ``problems``: what could not be measured;
    ``absent``: periods in which a repository had no commit yet; ``notices``: history that was
    rewritten. ``blobs``: distinct contents that at least one analyzer looked at."""

    problems: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    blobs: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the repositories are mirrored. ``offline``: the mirrors serve as they are; ``now``:
    the moment from which a fetch counts."""

    mirrors: Path
    offline: bool
    now: datetime


def measure(
    store: Store, requests: Sequence[Request], source: Source, engine: Engine, watcher: Watcher
) -> Measurement:
    """Measure what nobody measured yet, and keep it chunk by chunk.

    What goes wrong with one repository is a problem of the result, and the others go on.
    """
    result = Measurement()
    for recipe_id in sorted({request.contract.recipe for request in requests}):
        recipe = load_recipe(recipe_id)
        verify_tools(recipe)
        run = _Run(store, recipe, source, watcher, result, engine.jobs)
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


@dataclass(frozen=True, slots=True)
class _Run:
    """One recipe's part of a measurement, up to the chunks that the engine measures."""

    store: Store
    recipe: Recipe
    source: Source
    watcher: Watcher
    result: Measurement
    jobs: int
    begun: set[Key] = field(default_factory=set)

    @property
    def parts(self) -> dict[str, str]:
        return {part.name: part.digest for part in self.recipe.parts}

    def chunks(self, requests: Sequence[Request]) -> Iterator[Chunk]:
        """The work, read lazily: one repository after the other, as fast as it is measured."""
        for request in requests:
            for repository in request.contract.repositories:
                try:
                    yield from self._repository(request, repository)
                except MeasureError as error:
                    self.result.problems.append(str(error))
                    self._explain_absence(request, repository, str(error))

    def _repository(self, request: Request, repository: Repository) -> Iterator[Chunk]:
        url = repository.source(request.contract.path)
        with Mirror(self.source.mirrors, repository.name, url) as mirror:
            self.watcher.say(f"{repository.name}: reading the repository")
            mirror.sync(self.source.offline, repository.branch, self.source.now)
            commits = self._snapshots(request, repository, mirror)
            missing = self._missing(self._wanted(request.contract, commits))
            blobs = {blob for blob, _, _ in missing}
            self.result.blobs.update(blobs)
            self.watcher.expect(len(missing))
            self.watcher.say(f"{repository.name}: {len(blobs)} contents to measure")
            yield from chunks(missing, self.recipe.id, self.jobs, mirror.read)

    def _snapshots(self, request: Request, repository: Repository, mirror: Mirror) -> list[Commit]:
        """Find the commit of each period and list its files; returns the commits."""
        contract = request.contract
        line = mirror.first_parents(repository.branch)
        shas = {commit.sha for commit in line}
        before = self.store.snapshots(repository.address(contract.path))
        looked_at = mirror.fetched_at
        now: dict[SnapshotKey, StoredSnapshot] = {}
        try:
            for period in request.periods:
                key = snapshot_key(contract, repository.name, period)
                commit = snapshot(line, period_end_instant(period, contract.timezone))
                if commit is None:
                    reason = f"no commit of {repository.branch} before the end of {period.id}"
                    now[key] = StoredSnapshot(None, reason, "", looked_at)
                    self.result.absent.append(f"{repository.name}: {reason}")
                    continue
                if not self.store.has_commit(commit.sha):
                    self.store.add_commit(commit, mirror.files(commit.sha))
                rewritten = _rewritten(before.get(key), shas)
                now[key] = StoredSnapshot(commit, "", rewritten, looked_at)
                if rewritten:
                    self.result.notices.append(
                        f"{repository.name}: history was rewritten: {rewritten[:12]} stood for "
                        f"{period.id} before, now {commit.sha[:12]} does"
                    )
        finally:  # what was found stands, also where a later tree cannot be read
            self.store.set_snapshots(now)
        return [found.commit for found in now.values() if found.commit]

    def _explain_absence(self, request: Request, repository: Repository, reason: str) -> None:
        """Keep why a repository has no snapshot, where none was found before."""
        known = self.store.snapshots(repository.address(request.contract.path))
        text = reason.removeprefix(f"{repository.name}: ")
        keys = [snapshot_key(request.contract, repository.name, each) for each in request.periods]
        absent = [key for key in keys if key not in known or known[key].commit is None]
        self.store.set_snapshots(dict.fromkeys(absent, StoredSnapshot(None, text)))

    def _wanted(self, contract: Contract, commits: Sequence[Commit]) -> dict[Wanted, int]:
        """Every measurement that the commits need, with the size of its blob in bytes."""
        classify = Classifier(contract.files)
        wanted: dict[Wanted, int] = {}
        for commit in commits:
            for path, blob, size, language in self.store.files(commit.sha):
                kind = classify(path)
                for part in self.recipe.parts:
                    if part.measures(language, kind):
                        wanted[Wanted(blob, language, part.name, part.digest)] = size
        return wanted

    def _missing(self, wanted: dict[Wanted, int]) -> dict[Key, int]:
        """What nobody measured yet, with its size. What is too large to read is settled here.

        What an engine still works on stands in no database yet: another repository with the same
        content must not have it measured, and so counted, twice.
        """
        missing: dict[Key, int] = {}
        refused = []
        for item in self.store.missing(wanted):
            key = (item.blob, item.language, item.analyzer)
            if reason := oversize(wanted[item], self.recipe.limits):
                refused.append(Facts(*key, reason))
            elif key not in self.begun:
                missing[key] = wanted[item]
        if refused:
            self.store.add_facts(refused, self.parts)
        self.begun.update(missing)
        return missing


def _rewritten(before: StoredSnapshot | None, line: set[str]) -> str:
    """The commit that stood for a period and is no longer on the branch; "" if all is well."""
    if before is None or before.commit is None:
        return ""
    return before.rewritten if before.commit.sha in line else before.commit.sha
