"""What was observed of branches, as the database keeps it: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quality.model.delivery import Branch, Delivery, Observation
from quality.model.repository import Commit
from quality.store.database import SnapshotKey, Store, naive
from quality.store.definitions import SQL


@dataclass(frozen=True, slots=True)
class StoredChallenge:
    """A commit (None: none at all) that would have moved a snapshot that stands. ``dropped``: the
    branch no longer held what stands; ``seen_at``: the reading that found it."""

    commit: str | None
    dropped: bool
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class OddDates:
    """Commits of a period whose dates cannot be true, or not the dates of their delivery: how many,
    and the most striking of them with its claim and what bounds it. ``kind``: ``back`` (a reading
    after its date did not find it), ``future`` (found before its date), ``disordered`` (dated
    before the commit it follows)."""

    kind: str
    commits: int
    commit: str
    claimed: datetime
    bound: datetime


def observations(store: Store, branch: Branch) -> list[Observation]:
    """Every reading of a branch, in order."""
    rows = store.connection.execute(
        "select number, read_at, counted_at, tip, lost, how from observations "
        "where source = ? and branch = ? order by number",
        [branch.source, branch.name],
    ).fetchall()
    return [
        Observation(number, aware(read_at), aware(counted_at), tip, lost, how)
        for number, read_at, counted_at, tip, lost, how in rows
    ]


def deliveries(store: Store, branch: Branch) -> dict[str, Delivery]:
    """Every commit that was ever found on a branch's first-parent line, by its id."""
    rows = store.connection.execute(
        'select "commit", parent, committed_at, not_before, not_after, observation '
        "from deliveries where source = ? and branch = ?",
        [branch.source, branch.name],
    ).fetchall()
    return {
        sha: Delivery(sha, parent, aware(claim), maybe_aware(after), aware(until), number)
        for sha, parent, claim, after, until, number in rows
    }


def observe(
    store: Store,
    branch: Branch,
    reading: Observation,
    not_before: datetime | None,
    line: Sequence[Commit],
) -> None:
    """Add a reading with the commits that it found first, in one transaction. ``not_before``: the
    reading before it; ``line``: what it found, newest first, up to the branch's first commit."""
    known = {row[0] for row in store.connection.execute(
        'select "commit" from deliveries where source = ? and branch = ?',
        [branch.source, branch.name],
    ).fetchall()}  # fmt: skip
    parents = [*(each.sha for each in line[1:]), None]
    bounds = naive(not_before) if not_before else None, naive(reading.at), reading.number
    rows = [
        (branch.source, branch.name, commit.sha, parent, naive(commit.committed_at), *bounds)
        for commit, parent in zip(line, parents, strict=bool(line))
        if commit.sha not in known
    ]
    moments = naive(reading.read_at), naive(reading.at)
    with store.transaction():
        store.connection.execute(
            "insert into observations values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(reading.number, branch.source, branch.name, *moments),
                *(reading.tip, reading.lost, reading.how),
            ],
        )
        store.append("deliveries", rows)


def next_number(store: Store) -> int:
    """The number of the next reading."""
    (found,) = _one(store, "select coalesce(max(number), 0) + 1 from observations")
    return int(found)


def last_read_at(store: Store) -> datetime | None:
    """The latest moment at which any branch was read; None: none ever was."""
    (found,) = _one(store, "select max(read_at) from observations")
    return maybe_aware(found)


# ---------------------------------------------------------------- what would have moved a snapshot


def challenge(
    store: Store, key: SnapshotKey, commit: str | None, dropped: bool, number: int
) -> bool:
    """Keep what would have moved a snapshot; whether it was not known yet."""
    found = store.connection.execute(
        "select 1 from challenges where source = ? and branch = ? and before = ? "
        'and "commit" is not distinct from ? and dropped = ?',
        [key.source, key.branch, key.before, commit, dropped],
    ).fetchone()
    if not found:
        store.connection.execute(
            "insert into challenges values (?, ?, ?, ?, ?, ?)",
            [key.source, key.branch, key.before, commit, dropped, number],
        )
    return not found


def challenges(store: Store, key: SnapshotKey) -> list[StoredChallenge]:
    """What would have moved a snapshot, in the order in which it was found."""
    rows = store.connection.execute(
        'select c."commit", c.dropped, o.counted_at from challenges as c '
        "join observations as o on o.number = c.observation "
        "where c.source = ? and c.branch = ? and c.before = ? order by c.observation",
        [key.source, key.branch, key.before],
    ).fetchall()
    return [StoredChallenge(sha, dropped, aware(at)) for sha, dropped, at in rows]


# ---------------------------------------------------------------- where a contract looked


def name_place(store: Store, contract: str, repository: str, key: SnapshotKey) -> None:
    """Keep where a contract's repository was read for a period, if that is new."""
    named = places(store, contract, repository, key.before)
    if named[-1:] != [(key.source, key.branch)]:
        store.connection.execute(
            "insert into places values (?, ?, ?, ?, ?, ?)",
            [contract, repository, key.before, key.source, key.branch, len(named) + 1],
        )


def places(store: Store, contract: str, repository: str, before: datetime) -> list[tuple[str, str]]:
    """(source, branch) of each place where a contract's repository was read for a period."""
    return store.connection.execute(
        "select source, branch from places "
        "where contract = ? and repository = ? and before = ? order by number",
        [contract, repository, before],
    ).fetchall()


# ---------------------------------------------------------------- dates that are not as claimed


def odd_dates(store: Store, branch: Branch, start: datetime, end: datetime) -> list[OddDates]:
    """The commits delivered from ``start`` up to ``end`` whose dates are not to be believed."""
    query = (SQL / "delivery" / "odd_dates.sql").read_text("utf-8")
    given = {"source": branch.source, "branch": branch.name,
             "start": naive(start), "end": naive(end)}  # fmt: skip
    rows = store.connection.execute(query, given).fetchall()
    return [
        OddDates(kind, count, sha, aware(claim), aware(bound))
        for kind, count, sha, claim, bound in rows
    ]


def _one(store: Store, query: str) -> tuple[Any, ...]:
    row = store.connection.execute(query).fetchone()
    assert row is not None  # noqa: S101  # an aggregate always gives a row
    return row


def aware(moment: datetime) -> datetime:
    """A moment of the database with its zone."""
    return moment.replace(tzinfo=UTC)


def maybe_aware(moment: datetime | None) -> datetime | None:
    """The same, where there may be none."""
    return None if moment is None else aware(moment)


def delivered_at(store: Store, branch: Branch, commit: str) -> datetime | None:
    """When a commit was delivered to a branch; None: it was not found there."""
    rows = store.connection.execute(
        "select committed_at, not_before, not_after from deliveries "
        'where source = ? and branch = ? and "commit" = ?',
        [branch.source, branch.name, commit],
    ).fetchall()
    for claim, after, until in rows:
        return Delivery(commit, None, aware(claim), maybe_aware(after), aware(until), 0).at
    return None
