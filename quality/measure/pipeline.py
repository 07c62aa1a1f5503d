"""The whole line: mirror, snapshots, files, blobs nobody measured yet, analyzers, database.

contract + repositories -> measure() -> facts -> portfolio.evaluate() -> evaluations -> reports
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from collectors.git.mirror import Mirror
from collectors.nursery.limits import refuse_tighter_shell
from collectors.process.bounded import Chunk, Supervisor
from quality.catalogue.recipes import load_recipe, verify_tools
from quality.errors import MeasureError
from quality.measure.backlog import Backlog
from quality.measure.engine import Engine
from quality.measure.measurement import Measurement
from quality.measure.snapshots import find_snapshots, keep_absence
from quality.measure.watcher import Watcher
from quality.store.database import Store
from quality.verdicts.history import Request
from quality.verdicts.portfolio import count


@dataclass(frozen=True, slots=True)
class Mirrors:
    """The folder of the mirrors. ``offline``: they serve as they are; ``now``: the moment from
    which a fetch counts."""

    folder: Path
    offline: bool
    now: datetime


def measure(
    store: Store, requests: Sequence[Request], mirrors: Mirrors, engine: Engine, watcher: Watcher
) -> Measurement:
    """Measure what nobody measured yet, and keep it chunk by chunk.

    What goes wrong with one repository is a problem of the result, and the others go on.
    """
    result = Measurement()
    for measured_by in sorted({request.contract.measured_by for request in requests}):
        recipe = load_recipe(*measured_by)
        verify_tools(recipe)
        refuse_tighter_shell(recipe.limits)
        same = [request for request in requests if request.contract.measured_by == measured_by]
        backlog = Backlog(store, recipe, engine.jobs)
        work = _chunks(same, mirrors, backlog, watcher, result)
        with Supervisor() as processes:
            for measured in engine(processes.measure, work):
                backlog.keep(measured.facts)
                result.problems.extend(measured.lost)
                watcher.done(len(measured.facts))
    for request in requests:
        count(store, [request])
    return result


def _chunks(
    requests: Sequence[Request],
    mirrors: Mirrors,
    backlog: Backlog,
    watcher: Watcher,
    result: Measurement,
) -> Iterator[Chunk]:
    """The work, read lazily: one repository after the other, as fast as it is measured."""
    for request in requests:
        contract = request.contract
        for repository in contract.repositories:
            name, url = repository.name, repository.source(contract.path)
            try:
                with Mirror(mirrors.folder, name, url) as mirror:
                    watcher.say(f"{name}: reading the repository")
                    mirror.sync(mirrors.offline, repository.branch, mirrors.now)
                    commits = find_snapshots(backlog.store, request, repository, mirror, result)
                    missing = backlog.missing(contract, commits)
                    blobs = {blob for blob, _, _ in missing}
                    result.blobs.update(blobs)
                    watcher.expect(len(missing))
                    watcher.say(f"{name}: {len(blobs)} contents to measure")
                    yield from backlog.chunks(missing, mirror.read)
            except MeasureError as error:
                result.problems.append(str(error))
                keep_absence(backlog.store, request, repository, str(error))
