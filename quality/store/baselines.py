"""What baselines were found to name, as the database keeps it: rows are added and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quality.model.repository import Commit
from quality.store.counting import NOTHING
from quality.store.database import Store, naive
from quality.store.delivery import aware


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
    rows = store.connection.execute(
        'select b."commit", b.reason, b.found_at, c.committed_at from baselines as b '
        'left join commits as c on c.sha = b."commit" '
        "where b.source = ? and b.branch = ? and b.stated = ? order by b.number",
        [key.source, key.branch, key.stated],
    ).fetchall()
    found = [(FoundBaseline(sha, why, aware(at)), dated) for sha, why, at, dated in rows]
    named = [n for n, (each, _) in enumerate(found) if each.commit is not None]
    if not found:
        return None
    first = named[0] if named else len(found) - 1
    stands, dated = found[first]
    later = tuple(each for each, _ in found[first + 1 :])
    return StoredBaseline(stands, aware(dated) if dated else None, later)


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
