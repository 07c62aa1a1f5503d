"""What is to be measured, known before the first measurement: repositories read, work cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from collectors.git.mirror import Mirror
from collectors.git.observations import Reading
from collectors.nursery.limits import refuse_tighter_shell
from collectors.process.bounded import Chunk, Supervisor
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.contract.sections.repositories import Repository
from quality.errors import MeasureError
from quality.measure.backlog import Backlog
from quality.measure.chunks import FactKey
from quality.measure.measurement import Measurement
from quality.measure.snapshots import SnapshotSearch, keep_absence, settled
from quality.measure.watcher import Watcher
from quality.model.facts import Blob
from quality.store.database import Store
from quality.verdicts.request import Request


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The folder of the mirrors. ``offline``: they serve as they are; ``now``: the moment from
    which a fetch counts."""

    folder: Path
    offline: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured of one repository, with its size in bytes, and a path of each blob."""

    backlog: Backlog
    request: Request
    repository: Repository
    missing: dict[FactKey, int]
    paths: dict[str, str]


class InHand:
    """What is measured just now, in words."""

    def __init__(self, processes: Supervisor) -> None:
        self._processes = processes
        self._names: dict[str, str] = {}
        self._latest: list[tuple[str, Blob]] = []

    def hand_out(self, plan: Plan, chunk: Chunk) -> None:
        """A chunk of a repository is to be measured, here or elsewhere."""
        name = plan.repository.name
        self._names |= {blob.oid: f"{name}: {plan.paths[blob.oid]}" for blob in chunk.blobs}
        self._latest = [(chunk.analyzers[0], chunk.blobs[0])]

    def names(self) -> list[str]:
        """Repository, path and analyzer. Of a cluster nobody knows more than what it got last."""
        here = self._processes.in_hand() or self._latest
        return [f"{self._names[blob.oid]} ({analyzer})" for analyzer, blob in here]


@dataclass(frozen=True, slots=True)
class Planning:
    """Reads repositories and cuts the work, for so many ``jobs`` at once. What goes wrong with
    one repository is a problem of the result, and the others go on."""

    store: Store
    mirrors: Mirrors
    jobs: int
    watcher: Watcher
    result: Measurement
    _backlogs: dict[tuple[str, str], Backlog] = field(default_factory=dict)

    def plans(self, requests: Sequence[Request]) -> Iterator[Plan]:
        """Read every repository and find what nobody measured yet."""
        for request in requests:
            backlog = self._backlog(request)
            for repository in request.contract.repositories:
                try:
                    yield self._plan(backlog, request, repository)
                except MeasureError as error:
                    self._absent(request, repository, error)

    def chunks(self, plans: Sequence[Plan], in_hand: InHand) -> Iterator[Chunk]:
        """The work, read lazily: one repository after the other, as fast as it is measured."""
        for plan in plans:
            if not plan.missing:
                continue
            url = plan.repository.source(plan.request.contract.path)
            try:
                with Mirror(self.mirrors.folder, plan.repository.name, url) as mirror:
                    for chunk in plan.backlog.chunks(plan.missing, mirror.read):
                        in_hand.hand_out(plan, chunk)
                        yield chunk
            except MeasureError as error:
                self._absent(plan.request, plan.repository, error)

    def _backlog(self, request: Request) -> Backlog:
        measured_by = request.contract.measured_by
        if measured_by not in self._backlogs:
            recipe = load_recipe(*measured_by)
            verify_tools(recipe)
            refuse_tighter_shell(recipe.limits)
            self._backlogs[measured_by] = Backlog(self.store, recipe, self.jobs)
        return self._backlogs[measured_by]

    def _plan(self, backlog: Backlog, request: Request, repository: Repository) -> Plan:
        contract, name = request.contract, repository.name
        url = repository.source(contract.path)
        with Mirror(self.mirrors.folder, name, url) as mirror:
            self.watcher.say(f"{name}: reading the repository")
            reading = self._read(mirror, request, repository)
            commits = SnapshotSearch(self.store, request, repository, mirror, self.result).find(
                reading
            )
        missing = backlog.missing(contract, commits)
        blobs = {blob for blob, _, _ in missing}
        self.result.blobs.update(blobs)
        self.watcher.say(f"{name}: {len(blobs)} contents to measure")
        return Plan(backlog, request, repository, missing, backlog.paths(commits, blobs))

    def _read(self, mirror: Mirror, request: Request, repository: Repository) -> Reading | None:
        """Read the repository. Where that fails, and nothing hangs on it any more, the mirror
        serves as it is."""
        try:
            return mirror.sync(self.mirrors.offline, repository.branch, self.mirrors.now)
        except MeasureError as error:
            if not settled(self.store, request, repository):
                raise
            self.result.notices.append(str(error))
            return None

    def _absent(self, request: Request, repository: Repository, error: MeasureError) -> None:
        self.result.problems.append(str(error))
        keep_absence(self.store, request, repository, str(error))
