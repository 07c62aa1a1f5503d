"""Which commit stands for each period of a repository, by what was observed, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from unicodedata import normalize

from collectors.git.mirror import Mirror
from collectors.git.observations import Reading
from quality.contract.periods import period_end_instant
from quality.contract.sections.repositories import Repository
from quality.errors import MeasureError, UnlistableError
from quality.measure.baselines import BaselineSearch
from quality.measure.delivery import Observed
from quality.measure.measurement import Measurement
from quality.measure.observing import observe
from quality.model.delivery import Branch, Observation
from quality.model.facts import Cause
from quality.model.repository import Commit
from quality.model.verdict import Period
from quality.store import delivery
from quality.store.database import SnapshotKey, Store, StoredSnapshot
from quality.verdicts.request import Request, snapshot_key


@dataclass
class SnapshotSearch:
    """Finds the snapshots of one repository on its mirror, for the periods of ``request``; what the
    user must know goes into ``result``."""

    store: Store
    request: Request
    repository: Repository
    mirror: Mirror
    result: Measurement
    _seen: Observed = field(init=False)
    _missing: str = ""  # what is said of a branch that is not there
    _moved: list[str] = field(default_factory=list)

    def find(self, reading: Reading | None) -> list[Commit]:
        """Keep what ``reading`` found (None: nothing was read), find the commit of each period and
        list its files; returns the commits that can be read, the baseline's too (MeasureError)."""
        source, name = self.repository.place(self.request.contract.path), self.repository.branch
        self._seen = observe(self.store, Branch(source, name), self.mirror, reading)
        last = self._seen.last
        if last is None:
            raise MeasureError(f"{self.repository.name}: never read: measure without --offline")
        if last.tip is None:  # what stands already is still to be measured
            problem = str(self.mirror.no_branch(name))
            self._missing = problem.removeprefix(f"{self.mirror.name}: ")
        before = self.store.snapshots(source)
        now: dict[SnapshotKey, StoredSnapshot] = {}
        try:
            for period in self.request.periods:
                key = snapshot_key(self.request.of(period), self.repository.name, period)
                now[key] = self._of(period, key, before.get(key))
        finally:  # what was found stands, also where a later tree cannot be read
            self.store.set_snapshots(now)
        self._say_missing(all(each.stands for each in now.values()))
        self._say_moved(last if reading else None)
        bases = BaselineSearch(
            self.store, self.request, self.repository, self.mirror, self._seen,
            reading is not None, self._listed, self.result,
        ).find()  # fmt: skip
        return self._readable([*(found.commit for found in now.values() if found.commit), *bases])

    def _of(
        self, period: Period, key: SnapshotKey, before: StoredSnapshot | None
    ) -> StoredSnapshot:
        """What stands for a period; says what would have moved it."""
        name = self.repository.name
        place = delivery.NamedPlace(self.request.base.id, name, key.before)
        delivery.name_place(self.store, place, key)
        end = period_end_instant(period, self.request.of(period).timezone)
        found = before
        if found is None or not found.stands:
            found = self._snapshot(period, end)
        elif found.commit:
            self._listed(found.commit)
        if found.commit is None and not self._missing:
            self.result.absent.append(f"{name}: {found.reason}")
        if found.stands:
            self._challenge(period, end, key, found)
        return found

    def _snapshot(self, period: Period, end: datetime) -> StoredSnapshot:
        branch, last, standing = self.repository.branch, self._seen.last, self._seen.standing(end)
        if standing is None or last is None:
            return StoredSnapshot(None, self._missing)
        at = standing.reading.at
        if self._missing and not standing.final:  # it was there, and is away since
            after = last.at if last.at >= end else None
            return StoredSnapshot(None, self._missing, after, cause="supplier")
        if standing.delivery is None:
            reason = f"no commit of {branch} before the end of {period.id}"
            return StoredSnapshot(None, reason, at, standing.final)
        commit = Commit(standing.delivery.commit, standing.delivery.committed_at)
        try:
            listed = self._listed(commit)
        except UnlistableError as error:  # of other periods other commits may stand
            reason = str(error).removeprefix(f"{self.mirror.name}: ")
            cause: Cause = "supplier" if error.withheld else "ours"
            return StoredSnapshot(None, reason, at, cause=cause)
        if not listed:
            gone = f"commit {commit.sha} was delivered, and nobody can read it any more"
            return StoredSnapshot(None, gone, at)
        return StoredSnapshot(commit, "", at, standing.final)

    def _listed(self, commit: Commit) -> bool:
        """Whether the commit's files are listed, now at the latest."""
        if self.store.has_commit(commit.sha):
            return True
        if self.mirror.keep(self.repository.branch, [commit.sha]):
            return bool(self.store.file_counts([commit.sha]))  # by an older release's tables
        files = self.mirror.files(commit.sha)
        self.store.add_commit(commit, files)
        name = self.repository.name
        self.result.notices.extend(f"{name}: {each}" for each in twins(f.path for f in files))
        return True

    def _challenge(
        self, period: Period, end: datetime, key: SnapshotKey, found: StoredSnapshot
    ) -> None:
        sha = found.commit.sha if found.commit else None
        other = self._seen.challenge(end, sha)
        if other is None or self._seen.last is None:
            return
        would = other.delivery.commit if other.delivery else None
        number = self._seen.last.number
        if delivery.challenge(self.store, key, would, other.dropped, number):
            self._moved.append(f"{period.id} keeps {_short(sha)} (now {_short(would)} would stand)")

    def _say_missing(self, settled: bool) -> None:
        """Say that the branch is not there: a notice alone where nothing hangs on it any more."""
        lines = self.result.notices if settled else self.result.problems
        if not settled and self._seen.last_found and self.request.contract.unmeasured == "failed":
            lines = self.result.absent
        line = f"{self.mirror.name}: {self._missing}"
        if self._missing and line not in lines:  # which reading it in vain may have said
            lines.append(line)

    def _say_moved(self, last: Observation | None) -> None:
        """Say what the supplier did to what was delivered before, a line a cause."""
        cause = ""
        if last and last.lost and last.tip:
            how = "history was rewritten" if last.how == "rewritten" else "a merge turned the line"
            cause = f"{how}: {_short(last.lost)} is gone, {_short(last.tip)} is the tip"
        elif self._moved:
            cause = "a commit dated before a period's end came after it"
        if cause:
            shown, more = self._moved[:3], len(self._moved) - 3
            shown += [f"and {more} more"] if more > 0 else []
            kept = f"; {', '.join(shown)}" if shown else ""
            self.result.notices.append(f"{self.repository.name}: {cause}{kept}")

    def _readable(self, commits: list[Commit]) -> list[Commit]:
        """The commits that can be measured; of the others the facts that are known still count."""
        lost = self.mirror.keep(self.repository.branch, {commit.sha for commit in commits})
        self.result.notices.extend(
            f"{self.repository.name}: {_short(sha)} stands, but the repository gives it no longer: "
            "what was measured of it still counts"
            for sha in sorted(lost)
        )
        return [commit for commit in commits if commit.sha not in lost]


def keep_absence(store: Store, request: Request, repository: Repository, reason: str) -> None:
    """Keep why a repository has no snapshot, where none was found before, and why nobody knows
    whether what was found before a period's end is what was delivered."""
    known = store.snapshots(repository.place(request.contract.path))
    text = reason.removeprefix(f"{repository.name}: ")
    now: dict[SnapshotKey, StoredSnapshot] = {}
    for period in request.periods:
        key = snapshot_key(request.contract, repository.name, period)
        before = known.get(key)
        if before is None or before.commit is None:
            now[key] = StoredSnapshot(None, text)
        elif not period.to_date:
            now[key] = replace(before, reason=text)
    store.set_snapshots(now)


def settled(store: Store, request: Request, repository: Repository) -> bool:
    """Whether it stands for each period what a repository had delivered, so that no reading can
    change anything."""
    known = store.snapshots(repository.place(request.contract.path))
    keys = [snapshot_key(request.contract, repository.name, each) for each in request.periods]
    return all(key in known and known[key].stands for key in keys)


def twins(paths: Iterable[str]) -> list[str]:
    """A line for each path that differs from an earlier one by case or Unicode normal form only:
    a work tree on another machine may hold one of both, while both are measured."""
    first: dict[str, str] = {}
    return [
        f"{one!a} and {path!a} differ by case or normal form only: both are measured"
        for path in paths
        if (one := first.setdefault(normalize("NFC", path.casefold()), path)) != path
    ]


def _short(sha: str | None) -> str:
    return sha[:12] if sha else "none"
