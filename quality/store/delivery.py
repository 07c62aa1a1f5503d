"""What was observed of branches, as the database keeps it: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quality.model.delivery import Branch, Delivery, Observation
from quality.model.repository import Commit
from quality.store.database import SnapshotKey, Store, naive
from quality.store.definitions import sql


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


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A repository of a contract, in the period that ends ``before`` (see ``SnapshotKey``)."""

    contract: str
    repository: str
    before: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A time, from ``start`` up to ``end``, in which commits were delivered to a branch."""

    branch: Branch
    start: datetime
    end: datetime


def observations(store: Store, branches: Collection[Branch]) -> dict[Branch, list[Observation]]:
    """Every reading of some branches, those of each in order."""
    found: dict[Branch, list[Observation]] = {branch: [] for branch in branches}
    given = {"sources": [each.source for each in found],
             "branches": [each.name for each in found]}  # fmt: skip
    for source, name, number, read_at, counted_at, tip, lost, how in _rows(
        store, "observations", given
    ):
        reading = Observation(number, aware(read_at), aware(counted_at), tip, lost, how)
        found[Branch(source, name)].append(reading)
    return found


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


def challenges(
    store: Store, keys: Collection[SnapshotKey]
) -> dict[SnapshotKey, list[StoredChallenge]]:
    """What would have moved some snapshots, of each in the order in which it was found."""
    found: dict[SnapshotKey, list[StoredChallenge]] = {key: [] for key in keys}
    given = {"sources": [key.source for key in found], "branches": [key.branch for key in found],
             "befores": [key.before for key in found]}  # fmt: skip
    for source, branch, before, sha, dropped, at in _rows(store, "challenges", given):
        challenge = StoredChallenge(sha, dropped, aware(at))
        found[SnapshotKey(source, branch, before)].append(challenge)
    return found


# ---------------------------------------------------------------- where a contract looked


def name_place(store: Store, place: NamedPlace, key: SnapshotKey) -> None:
    """Keep where a contract's repository was read for a period, if that is new."""
    named = places(store, [place])[place]
    if named[-1:] != [Branch(key.source, key.branch)]:
        store.connection.execute(
            "insert into places values (?, ?, ?, ?, ?, ?)",
            [place.contract, place.repository, place.before, key.source, key.branch,
             len(named) + 1],
        )  # fmt: skip


def places(store: Store, asked: Collection[NamedPlace]) -> dict[NamedPlace, list[Branch]]:
    """Each branch at which some contracts' repositories were read for a period, in the order in
    which the contract named them."""
    found: dict[NamedPlace, list[Branch]] = {place: [] for place in asked}
    given = {"contracts": [each.contract for each in found],
             "repositories": [each.repository for each in found],
             "befores": [each.before for each in found]}  # fmt: skip
    for contract, repository, before, source, branch in _rows(store, "places", given):
        found[NamedPlace(contract, repository, before)].append(Branch(source, branch))
    return found


# ---------------------------------------------------------------- dates that are not as claimed


def odd_dates(store: Store, spans: Collection[Span]) -> dict[Span, list[OddDates]]:
    """The commits delivered in some spans whose dates are not to be believed."""
    found: dict[Span, list[OddDates]] = {span: [] for span in spans}
    given = {"sources": [span.branch.source for span in found],
             "branches": [span.branch.name for span in found],
             "starts": [naive(span.start) for span in found],
             "ends": [naive(span.end) for span in found]}  # fmt: skip
    for source, branch, start, end, kind, commits, sha, claim, bound in _rows(
        store, "odd_dates", given
    ):
        odd = OddDates(kind, commits, sha, aware(claim), aware(bound))
        found[Span(Branch(source, branch), aware(start), aware(end))].append(odd)
    return found


def _rows(store: Store, name: str, given: Mapping[str, object]) -> list[tuple[Any, ...]]:
    return store.connection.execute(sql(f"delivery/{name}"), given).fetchall()


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
