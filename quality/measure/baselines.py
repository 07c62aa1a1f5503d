"""Which commit a contract's baseline names: found once, kept, and compared with later readings.

A tag can be moved and a history rewritten, so what was found first stands, and its commit is kept
readable by a ref of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from collectors.git.mirror import Mirror
from quality.contract.contract import Contract
from quality.contract.periods import day_begin_instant
from quality.contract.sections.baselines import Baseline
from quality.contract.sections.repositories import Repository
from quality.errors import MeasureError, UnlistableError
from quality.measure.delivery import Observed
from quality.measure.measurement import Measurement
from quality.model.repository import Commit
from quality.store.baselines import FoundBaseline, base_commit, baseline, keep_baseline
from quality.store.counting import NOTHING
from quality.store.database import Store
from quality.verdicts.request import Request, baseline_key


@dataclass(frozen=True, slots=True)
class BaselineSearch:
    """Finds the baselines of one repository on its mirror: ``seen`` is all that was ever seen of
    its branch, ``listed`` lists a commit's files and says whether they can be read; ``online``: the
    source was just read. What the user must know goes into ``result``."""

    store: Store
    request: Request
    repository: Repository
    mirror: Mirror
    seen: Observed
    online: bool
    listed: Callable[[Commit], bool]
    result: Measurement

    def find(self) -> list[Commit]:
        """Keep what each baseline of the contract and its amendments names; the commits that
        stand."""
        found = {}
        for contract, repository, agreed in self._agreed():
            key = baseline_key(contract, repository, agreed)
            found[key] = (contract, agreed)
        commits = []
        for key, (contract, agreed) in found.items():
            before = baseline(self.store, key)
            now = self._now(contract, agreed)
            if now and keep_baseline(self.store, key, now) and before and before.commit:
                self.result.notices.append(
                    f"{self.repository.name}: {agreed.stated} was {_short(before.commit)} when it "
                    f"was first read, and is {_short(now.commit)} now: "
                    f"{_short(before.commit)} stands as the baseline"
                )
            stands = baseline(self.store, key)
            if stands and (commit := base_commit(stands)):
                self.listed(commit)
                commits.append(commit)
            elif stands and stands.commit is None:
                self.result.problems.append(
                    f"{self.repository.name}: baseline {agreed.stated}: {stands.first.reason}"
                )
        return commits

    def _agreed(self) -> Iterator[tuple[Contract, Repository, Baseline]]:
        """The baselines of the contracts that judge the periods."""
        for contract in {id(c): c for c in map(self.request.of, self.request.periods)}.values():
            for each in contract.repositories:
                if each.name == self.repository.name and (agreed := contract.baseline_of(each)):
                    yield contract, each, agreed

    def _now(self, contract: Contract, agreed: Baseline) -> FoundBaseline | None:
        """What a baseline names now; None: this reading cannot say."""
        last = self.seen.last
        if last is None:
            return None
        if agreed.tag:
            return self._tag(agreed.tag, last.at) if self.online else None
        if agreed.commit:
            return self._commit(agreed.commit, last.at)
        assert agreed.date is not None  # noqa: S101  # one of three, as its section says
        begins = day_begin_instant(agreed.date, contract.timezone)
        standing = self.seen.standing(begins)
        if standing is None or not standing.final:
            reason = f"not read since {agreed.date} began: run `workmanship measure` then"
            return FoundBaseline(None, reason, last.at)
        if standing.delivery is None:
            return FoundBaseline(NOTHING, "", standing.reading.at)
        sha, claim = standing.delivery.commit, standing.delivery.committed_at
        return self._readable(Commit(sha, claim), standing.reading.at)

    def _tag(self, name: str, at: datetime) -> FoundBaseline:
        try:
            sha = self.mirror.tag(name, self.repository.branch)
        except MeasureError as error:
            reason = str(error).removeprefix(f"{self.mirror.name}: ")
            return FoundBaseline(None, reason, at)
        if sha is None:
            return FoundBaseline(None, f"the repository has no tag {name} at a commit", at)
        return self._commit(sha, at)

    def _commit(self, sha: str, at: datetime) -> FoundBaseline:
        lost = self.mirror.keep(self.repository.branch, [sha])
        commit = None if lost else self.mirror.commits.commit(sha)
        if commit is None:
            return FoundBaseline(None, f"the repository gives no commit {_short(sha)}", at)
        return self._readable(commit, at)

    def _readable(self, commit: Commit, at: datetime) -> FoundBaseline:
        try:
            if self.listed(commit):
                return FoundBaseline(commit.sha, "", at)
        except UnlistableError as error:
            reason = str(error).removeprefix(f"{self.mirror.name}: ")
            return FoundBaseline(None, reason, at)
        return FoundBaseline(None, f"nobody can read commit {_short(commit.sha)} any more", at)


def _short(sha: str | None) -> str:
    return sha[:12] if sha else "no commit"
