"""A contract over its periods: which commit stood for each repository, and what it counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from quality.contract.amendments import in_force
from quality.contract.contract import Contract
from quality.contract.entries import Entry
from quality.contract.ledger import EMPTY, Ledger
from quality.contract.periods import period_end_instant
from quality.model.evaluation import Evaluation
from quality.model.verdict import Measured, Period
from quality.store.counting import Content, Counts, Excused, MetricQuery
from quality.store.database import SnapshotKey, Store, StoredSnapshot
from quality.verdicts.verdict import RepositoryState, combined

NEVER = StoredSnapshot(None, "not measured yet: run `workmanship measure`")
PENDING = "not fully measured yet: run `workmanship measure`"
STALE = "not read since the period ended: run `workmanship measure`"
OTHER_RECIPE = "measured by another recipe"


@dataclass(frozen=True, slots=True)
class Request:
    """A contract and all its periods up to the one to judge, oldest first.

    ``contract`` is the one in force in the period to judge, ``family`` all that were ever agreed:
    the contract, then its amendments by their first day (empty: the contract alone). ``today``
    (in the contract's zone) says what is signed and still open; None: all is. ``closed`` holds the
    frozen evaluations of closed periods: they stand, and the others build on them.
    """

    contract: Contract
    periods: tuple[Period, ...]
    family: tuple[Contract, ...] = ()
    ledger: Ledger = EMPTY
    today: date | None = None
    closed: Mapping[str, Evaluation] = field(default_factory=dict)

    @property
    def base(self) -> Contract:
        """The contract that the others amend: its id is the id of all."""
        return self.family[0] if self.family else self.contract

    def of(self, period: Period) -> Contract:
        """The contract that judges a period."""
        return in_force(self.family, period) if self.family else self.contract

    @property
    def period(self) -> Period:
        """The period to judge: the last one."""
        return self.periods[-1]

    def places(self) -> Iterator[tuple[Period, str]]:
        """Every period with every repository, in order."""
        for period in self.periods:
            for repository in self.of(period).repositories:
                yield period, repository.name


@dataclass(frozen=True, slots=True)
class History:
    """A request with what the store holds of it: a snapshot for each (period, repository)."""

    request: Request
    snapshots: dict[tuple[str, str], StoredSnapshot]
    counts: Counts = field(default_factory=dict)

    @property
    def repositories(self) -> tuple[str, ...]:
        """The names of the repositories of the judged period, in the contract's order."""
        return tuple(repository.name for repository in self.request.contract.repositories)

    def content(
        self, period: Period, repository: str, acts: Sequence[Entry] = ()
    ) -> Content | None:
        """The snapshot's content under the period's contract, less what ``acts`` excuse; None:
        there is no snapshot, or another recipe measured it."""
        contract = self.request.of(period)
        stored = self.snapshots.get((period.id, repository), NEVER)
        if stored.commit is None or contract.recipe != self.request.contract.recipe:
            return None
        excused = tuple(
            Excused(entry.paths, entry.rule, entry.function)
            for entry in acts
            if entry.paths and entry.in_repository(repository)
        )
        return Content(stored.commit.sha, contract.files, excused)

    def contents(self) -> list[Content]:
        """All contents of all periods, with nothing excused."""
        found = (self.content(period, repository) for period, repository in self.request.places())
        return [content for content in found if content]

    def states(self, period: Period, acts: Sequence[Entry] = ()) -> list[RepositoryState]:
        """What a verdict may know of each repository in a period, in the contract's order, less
        what ``acts`` excuse."""
        return [
            self._state(period, each.name, acts) for each in self.request.of(period).repositories
        ]

    def _state(self, period: Period, repository: str, acts: Sequence[Entry]) -> RepositoryState:
        if any(not entry.paths and entry.in_repository(repository) for entry in acts):
            return RepositoryState(repository, {}, excused=True)
        content = self.content(period, repository, acts)
        if content is None:
            stored = self.snapshots.get((period.id, repository), NEVER)
            return RepositoryState(repository, {}, stored.reason or OTHER_RECIPE)
        if self._stale(period, repository):
            return RepositoryState(repository, {}, STALE)
        if content not in self.counts:
            return RepositoryState(repository, {}, PENDING)
        return RepositoryState(repository, self.counts[content], eased=bool(content.excused))

    def _stale(self, period: Period, repository: str) -> bool:
        """Whether commits may have followed within the period that nobody has looked for."""
        looked_at = self.snapshots[period.id, repository].looked_at
        end = period_end_instant(period, self.request.of(period).timezone)
        return not period.to_date and (looked_at is None or looked_at < end)

    def whole(self, period: Period, query: MetricQuery) -> Measured | None:
        """A metric query over all repositories in a period; None where one of them is unknown."""
        states = self.states(period)
        if any(state.reason for state in states):
            return None
        return combined(query.indicator, [state.counts[query] for state in states])


def snapshot_key(contract: Contract, repository: str, period: Period) -> SnapshotKey:
    """Where the snapshot of a contract's repository in a period is kept."""
    source = next(r for r in contract.repositories if r.name == repository)
    before = period_end_instant(period, contract.timezone).replace(tzinfo=None)
    return SnapshotKey(source.address(contract.path), source.branch, before)


def read_history(store: Store, request: Request) -> History:
    """The snapshots that the store holds for a request; counts are still to be added."""
    contracts = {id(c): c for c in map(request.of, request.periods)}.values()
    sources = {each.address(c.path) for c in contracts for each in c.repositories}
    known = {key: found for source in sources for key, found in store.snapshots(source).items()}
    snapshots = {
        (period.id, name): known.get(snapshot_key(request.of(period), name, period), NEVER)
        for period, name in request.places()
    }
    return History(request, snapshots)
