"""What baselines were found to name, as the database keeps it: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from quality.model.repository import Commit
from quality.store.counting import NOTHING
from quality.store.database import Store, naive
from quality.store.definitions import sql
from quality.store.delivery import aware, maybe_aware


@dataclass(frozen=True, slots=True)
class BaselineKey:
    """What is kept apart: the place of the repository, the branch ("" where a baseline does not
    hang on it) and the baseline as it is agreed."""

    source: str
    branch: str
    stated: str


@dataclass(frozen=True, slots=True)
class FoundBaseline:
    """What a baseline named at a reading: a commit (NOTHING: there was none yet), or None for a
    ``reason``."""

    commit: str | None
    reason: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class StoredBaseline:
    """What stands: the first commit that was ever found, or else the last reason why there is none.
    ``committed_at``: its claim; ``later``: other findings after it, oldest first."""

    first: FoundBaseline
    committed_at: datetime | None
    later: tuple[FoundBaseline, ...] = ()

    @property
    def commit(self) -> str | None:
        """The commit that stands."""
        return self.first.commit


def baseline(store: Store, key: BaselineKey) -> StoredBaseline | None:
    """What stands for a baseline; None: nobody has looked yet."""
    return baselines(store, [key]).get(key)


def baselines(store: Store, keys: Collection[BaselineKey]) -> dict[BaselineKey, StoredBaseline]:
    """What stands for some baselines; one that nobody has looked for yet is left out."""
    given = {"sources": [key.source for key in keys], "branches": [key.branch for key in keys],
             "stated": [key.stated for key in keys]}  # fmt: skip
    found: dict[BaselineKey, list[tuple[FoundBaseline, datetime | None]]] = {}
    rows = store.connection.execute(sql("delivery/baselines"), given).fetchall()
    for *key, sha, reason, found_at, dated in rows:
        named = FoundBaseline(sha, reason, aware(found_at))
        found.setdefault(BaselineKey(*key), []).append((named, maybe_aware(dated)))
    return {key: _standing(each) for key, each in found.items()}


def _standing(found: Sequence[tuple[FoundBaseline, datetime | None]]) -> StoredBaseline:
    """What stands of all that was found, in order."""
    named = (n for n, (each, _) in enumerate(found) if each.commit is not None)
    first = next(named, len(found) - 1)
    stands, dated = found[first]
    return StoredBaseline(stands, dated, tuple(each for each, _ in found[first + 1 :]))


def keep_baseline(store: Store, key: BaselineKey, found: FoundBaseline) -> bool:
    """Keep what a baseline names, where it differs from what was found last; whether it does."""
    known = baseline(store, key)
    last = (known.later or (known.first,))[-1] if known else None
    if last and (last.commit, last.reason) == (found.commit, found.reason):
        return False
    store.connection.execute(
        "insert into baselines select ?, ?, ?, count(*) + 1, ?, ?, ? from baselines "
        "where source = ? and branch = ? and stated = ?",
        [
            *(key.source, key.branch, key.stated),
            *(found.commit, found.reason, naive(found.found_at)),
            *(key.source, key.branch, key.stated),
        ],
    )
    return True


def base_commit(stored: StoredBaseline) -> Commit | None:
    """The commit to read and measure; None: there is none."""
    if stored.commit in (None, NOTHING) or stored.committed_at is None:
        return None
    return Commit(str(stored.commit), stored.committed_at)
