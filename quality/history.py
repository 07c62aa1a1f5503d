"""A contract over its periods: which commit stood for each repository, and what it counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from quality.contract import Contract
from quality.evaluation import RepositoryState, combined
from quality.model import Measured, Period
from quality.periods import period_end_instant
from quality.scope import Ask, Content, Counts
from quality.store import SnapshotKey, Store, StoredSnapshot

NEVER = StoredSnapshot(None, "not measured yet: run `workmanship measure`")


@dataclass(frozen=True, slots=True)
class Request:
    """A contract and all its periods up to the one to judge, oldest first."""

    contract: Contract
    periods: tuple[Period, ...]

    @property
    def period(self) -> Period:
        """The period to judge: the last one."""
        return self.periods[-1]

    def places(self) -> Iterator[tuple[Period, str]]:
        """Every period with every repository, in order."""
        for period in self.periods:
            for repository in self.contract.repositories:
                yield period, repository.name


@dataclass(frozen=True, slots=True)
class History:
    """A request with what the store holds of it: a snapshot for each (period, repository)."""

    request: Request
    snapshots: dict[tuple[str, str], StoredSnapshot]
    counts: Counts = field(default_factory=dict)

    @property
    def repositories(self) -> tuple[str, ...]:
        """The names of the contract's repositories, in its order."""
        return tuple(repository.name for repository in self.request.contract.repositories)

    def content(self, period: Period, repository: str) -> Content | None:
        """The snapshot's content under this contract; None: there is no snapshot."""
        commit = self.snapshots[period.id, repository].commit
        return Content(commit.sha, self.request.contract.files) if commit else None

    def contents(self) -> list[Content]:
        """All contents of all periods."""
        found = (self.content(period, repository) for period, repository in self.request.places())
        return [content for content in found if content]

    def states(self, period: Period) -> list[RepositoryState]:
        """What a verdict may know of each repository in a period, in the contract's order."""
        return [self._state(period, repository) for repository in self.repositories]

    def _state(self, period: Period, repository: str) -> RepositoryState:
        content = self.content(period, repository)
        if content is None:
            return RepositoryState(repository, {}, self.snapshots[period.id, repository].reason)
        if self._stale(period, repository):
            reason = "not read since the period ended: run `workmanship measure`"
            return RepositoryState(repository, {}, reason)
        if content not in self.counts:
            reason = "not fully measured yet: run `workmanship measure`"
            return RepositoryState(repository, {}, reason)
        return RepositoryState(repository, self.counts[content])

    def _stale(self, period: Period, repository: str) -> bool:
        """Whether commits may have followed within the period that nobody has looked for."""
        looked_at = self.snapshots[period.id, repository].looked_at
        end = period_end_instant(period, self.request.contract.timezone)
        return not period.to_date and (looked_at is None or looked_at < end)

    def whole(self, period: Period, ask: Ask) -> Measured | None:
        """An ask over all repositories in a period; None where one of them is unknown."""
        states = self.states(period)
        if any(state.reason for state in states):
            return None
        return combined(ask.indicator, [state.counts[ask] for state in states])


def snapshot_key(contract: Contract, repository: str, period: Period) -> SnapshotKey:
    """Where the snapshot of a contract's repository in a period is kept."""
    source = next(r for r in contract.repositories if r.name == repository)
    before = period_end_instant(period, contract.timezone).replace(tzinfo=None)
    return SnapshotKey(source.address(contract.path), source.branch, before)


def read_history(store: Store, request: Request) -> History:
    """The snapshots that the store holds for a request; counts are still to be added."""
    contract = request.contract
    sources = {repository.address(contract.path) for repository in contract.repositories}
    known = {key: found for source in sources for key, found in store.snapshots(source).items()}
    snapshots = {
        (period.id, repository): known.get(snapshot_key(contract, repository, period), NEVER)
        for period, repository in request.places()
    }
    return History(request, snapshots)
