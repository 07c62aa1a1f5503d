"""Which commit stands for each period of a repository, found on its mirror and kept."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from collectors.git.mirror import Mirror, snapshot
from quality.contract.contract import Repository
from quality.contract.periods import period_end_instant
from quality.measure.measurement import Measurement
from quality.model.repository import Commit
from quality.store.database import SnapshotKey, Store, StoredSnapshot
from quality.verdicts.history import Request, snapshot_key


def find_snapshots(
    store: Store,
    request: Request,
    repository: Repository,
    mirror: Mirror,
    result: Measurement,
) -> list[Commit]:
    """Find the commit of each period and list its files; returns the commits."""
    contract, name = request.contract, repository.name
    line = mirror.first_parents(repository.branch)
    shas = {commit.sha for commit in line}
    before = store.snapshots(repository.address(contract.path))
    looked_at = mirror.fetched_at
    now: dict[SnapshotKey, StoredSnapshot] = {}
    try:
        for period in request.periods:
            key = snapshot_key(contract, name, period)
            commit = snapshot(line, period_end_instant(period, contract.timezone))
            if commit is None:
                reason = f"no commit of {repository.branch} before the end of {period.id}"
                now[key] = StoredSnapshot(None, reason, "", looked_at)
                result.absent.append(f"{name}: {reason}")
                continue
            if not store.has_commit(commit.sha):
                files = mirror.files(commit.sha)
                store.add_commit(commit, files)
                result.notices.extend(f"{name}: {each}" for each in twins(f.path for f in files))
            rewritten = _rewritten(before.get(key), shas)
            now[key] = StoredSnapshot(commit, "", rewritten, looked_at)
            if rewritten:
                result.notices.append(
                    f"{name}: history was rewritten: {rewritten[:12]} stood for {period.id} "
                    f"before, now {commit.sha[:12]} does"
                )
    finally:  # what was found stands, also where a later tree cannot be read
        store.set_snapshots(now)
    return [found.commit for found in now.values() if found.commit]


def keep_absence(store: Store, request: Request, repository: Repository, reason: str) -> None:
    """Keep why a repository has no snapshot, where none was found before."""
    known = store.snapshots(repository.address(request.contract.path))
    text = reason.removeprefix(f"{repository.name}: ")
    keys = [snapshot_key(request.contract, repository.name, each) for each in request.periods]
    absent = [key for key in keys if key not in known or known[key].commit is None]
    store.set_snapshots(dict.fromkeys(absent, StoredSnapshot(None, text)))


def twins(paths: Iterable[str]) -> list[str]:
    """A line for each path that differs from an earlier one by case or Unicode normal form only:
    a work tree on another machine may hold one of both, while both are measured."""
    first: dict[str, str] = {}
    return [
        f"{one!a} and {path!a} differ by case or normal form only: both are measured"
        for path in paths
        if (one := first.setdefault(normalize("NFC", path.casefold()), path)) != path
    ]


def _rewritten(before: StoredSnapshot | None, line: set[str]) -> str:
    """The commit that stood for a period and is no longer on the branch; "" if all is well."""
    if before is None or before.commit is None:
        return ""
    return before.rewritten if before.commit.sha in line else before.commit.sha
