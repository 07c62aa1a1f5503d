"""The whole line: mirror, snapshots, files, blobs nobody measured yet, analyzers, database.

contract + repositories -> measure() -> facts -> portfolio.evaluate() -> evaluations -> reports
"""

from collections.abc import Iterable, Iterator, Sequence

from collectors.process.bounded import Chunk, ChunkResult, Supervisor
from quality.measure.chunks import work
from quality.measure.engine import Engine
from quality.measure.measurement import Measurement
from quality.measure.observing import clock_notice
from quality.measure.planning import InHand, Mirrors, Planning
from quality.measure.receiving import receive
from quality.measure.recording import record
from quality.measure.watcher import Watcher
from quality.store.database import Store
from quality.verdicts.portfolio import count
from quality.verdicts.request import Request


def measure(
    store: Store, requests: Sequence[Request], mirrors: Mirrors, engine: Engine, watcher: Watcher
) -> Measurement:
    """Measure what nobody measured yet, and keep it chunk by chunk.

    What goes wrong with one repository is a problem of the result, and the others go on.
    """
    result = Measurement()
    if not mirrors.offline:
        result.notices.extend(clock_notice(store, mirrors.now))
    planning = Planning(store, mirrors, engine.jobs, watcher, result)
    plans = list(planning.plans(requests))
    missing = {key: size for plan in plans for key, size in plan.missing.items()}
    whole = sum(work(plan.missing, plan.missing, plan.backlog.recipe) for plan in plans)
    watcher.expect(sum(len(plan.missing) for plan in plans), whole)
    for backlog in dict.fromkeys(plan.backlog for plan in plans):
        same = [plan for plan in plans if plan.backlog is backlog]
        with Supervisor() as processes:
            in_hand = InHand(processes)
            watcher.follow(in_hand.names)
            for measured in _measured(engine, processes, planning.chunks(same, in_hand)):
                backlog.keep(measured.facts)
                result.problems.extend(measured.lost)
                result.unmeasured.update(each.blob for each in measured.facts if each.reason)
                keys = [(each.blob, each.language, each.analyzer) for each in measured.facts]
                watcher.done(len(keys), work(missing, keys, backlog.recipe))
    receive(store, requests, mirrors, watcher, result)
    record(store, requests, mirrors, watcher, result)
    for request in requests:
        count(store, [request])
    return result


def _measured(
    engine: Engine, processes: Supervisor, chunks: Iterable[Chunk]
) -> Iterator[ChunkResult]:
    """The results of all chunks, and of what hostile files leave of them."""
    rest: list[Chunk] | None = None
    while rest is None or rest:
        chunks, rest = chunks if rest is None else rest, []
        for measured in engine(processes.measure_on, chunks):
            yield measured
            rest.extend(measured.rest)


def import_reports(
    store: Store, requests: Sequence[Request], mirrors: Mirrors, watcher: Watcher
) -> tuple[Measurement, int]:
    """Read the repositories and bring in what others report of them, without measuring; and how
    much of it is new."""
    result = Measurement()
    for _ in Planning(store, mirrors, 1, watcher, result).plans(requests):
        pass
    new = receive(store, requests, mirrors, watcher, result)
    record(store, requests, mirrors, watcher, result)
    return result, new
