"""The one DuckDB file: facts of blobs, files of commits, snapshots of periods.

One process writes at a time. A transaction is a chunk of facts or a commit's file list, so a kill
at any moment loses at most what was in flight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from collectors.languages.looks import LISTING
from quality.model.facts import Cause, Facts
from quality.model.repository import Commit, TreeFile
from quality.store.machine import MACHINE, Resources
from quality.store.migrating import migrate
from quality.store.opening import connect, explained, transaction

INTERRUPTED = "Query interrupted"  # what DuckDB makes of Ctrl-C, a RuntimeError


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """A measurement somebody needs; ``part`` is the analyzer's part of the recipe."""

    blob: str
    language: str
    analyzer: str
    part: str


@dataclass(frozen=True, slots=True)
class SnapshotKey:
    """Where a snapshot is kept: the repository's place (see ``place_of``), branch, period's end in
    UTC (naive, as the database keeps it)."""

    source: str
    branch: str
    before: datetime


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """What was found there: a commit, or the reason why there is none, or why nobody knows whether
    it is the last one before the period's end. ``read_at``: the reading that says so; ``stands``:
    it came after the period's end, so nothing changes it any more;
    ``cause``: whose it is that there is no commit."""

    commit: Commit | None
    reason: str
    read_at: datetime | None = None
    stands: bool = False
    cause: Cause = "ours"


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A closed period as it is kept: the body's text, its digest and that of the one before."""

    period: str
    body: str
    digest: str
    previous: str


class Store:
    """The measurements' database. ``read_only``: several may read at once while nobody writes;
    a database that does not exist yet is then empty and in memory. ``resources``: what it may take
    of the machine."""

    def __init__(self, path: Path, read_only: bool = False, resources: Resources = MACHINE) -> None:
        self.path = path
        self.writable = not read_only
        self.shelf: dict[str, Any] = {}  # what readers of one connection share
        self.connection = connect(path, read_only, resources)
        try:
            migrate(self.connection, path, self.writable)
        except BaseException as error:
            self.connection.close()
            if expected := explained(path, error):
                raise expected from error
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()
        if str(error) == INTERRUPTED:
            raise KeyboardInterrupt from error
        if expected := explained(self.path, error):
            raise expected from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        with transaction(self.connection, self.path):
            yield

    # ------------------------------------------------------------ facts

    def missing(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """Those of ``wanted`` that nobody measured yet, in order."""
        self.connection.execute(
            "create or replace temp table wanted "
            "(blob varchar, language varchar, analyzer varchar, part varchar)"
        )
        self.append("wanted", [astuple(item) for item in set(wanted)])
        rows = self.connection.execute(
            "select * from wanted anti join measurements using (blob, language, analyzer, part)"
        ).fetchall()
        self.connection.execute("drop table wanted")
        return sorted(Wanted(*row) for row in rows)

    def add_facts(self, facts: Sequence[Facts], parts: dict[str, str]) -> None:
        """Keep facts, in one transaction; ``parts`` maps an analyzer to its part's digest."""
        first = self._next_measurement()
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for number, fact in enumerate(facts, first):
            rows.setdefault("measurements", []).append(
                (
                    *(number, fact.blob, fact.language, fact.analyzer, parts[fact.analyzer]),
                    *(fact.reason, fact.cause),
                )
            )
            for row in fact.rows:
                values = (getattr(row, field.name) for field in fields(row))
                rows.setdefault(row.table, []).append((number, *values))
        with self.transaction():
            for table, more in rows.items():
                self.append(table, more)

    def _next_measurement(self) -> int:
        row = self.connection.execute(
            "select coalesce(max(id), 0) + 1 from measurements"
        ).fetchone()
        assert row is not None  # noqa: S101  # an aggregate always gives a row
        return int(row[0])

    def append(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to one of our own tables by DuckDB's appender."""
        if rows:
            with self.connection.appender(table) as appender:
                appender.append_rows(rows)

    # ------------------------------------------------------------ commits and snapshots

    def has_commit(self, sha: str) -> bool:
        """Whether the commit's files are listed, by the tables of today."""
        found = self.connection.execute(
            "select 1 from commits where sha = ? and listing = ?", [sha, LISTING]
        ).fetchone()
        return found is not None

    def file_counts(self, commits: Iterable[str]) -> dict[str, int]:
        """How many files analyzers read in each commit; one without any is left out."""
        counts = self.connection.execute(
            'select "commit", count(*) from files where language is not null '
            'and "commit" in (select unnest(?)) group by all',
            [sorted(commits)],
        )
        return dict(counts.fetchall())

    def add_commit(self, commit: Commit, files: Sequence[TreeFile]) -> None:
        """Keep a commit and the list of its files, in one transaction; an older list goes."""
        with self.transaction():
            self.connection.execute(
                "insert or replace into commits values (?, ?, ?)",
                [commit.sha, naive(commit.committed_at), LISTING],
            )
            self.connection.execute('delete from files where "commit" = ?', [commit.sha])
            self.append("files", [(commit.sha, *_columns(file)) for file in files])

    def files(self, sha: str) -> list[tuple[str, str, int, str]]:
        """(path, blob, size, language) of the commit's files that an analyzer can read."""
        return self.connection.execute(
            "select path, blob, size, language from files "
            "where \"commit\" = ? and kind = 'file' and language is not null",
            [sha],
        ).fetchall()

    def snapshots(self, *sources: str) -> dict[SnapshotKey, StoredSnapshot]:
        """All that is known of some repositories: what stands for which period."""
        rows = self.connection.execute(
            'select s.source, s.branch, s.before, s."commit", c.committed_at, s.reason, s.read_at, '
            's.stands, s.cause from snapshots as s left join commits as c on c.sha = s."commit" '
            "where s.source in (select unnest(?::varchar[]))",
            [sorted(sources)],
        ).fetchall()
        return {
            SnapshotKey(source, branch, before): StoredSnapshot(
                Commit(sha, committed_at.replace(tzinfo=UTC)) if sha else None,
                reason,
                read_at.replace(tzinfo=UTC) if read_at else None,
                stands,
                cause,
            )
            for source, branch, before, sha, committed_at, reason, read_at, stands, cause in rows
        }

    def set_snapshots(self, snapshots: Mapping[SnapshotKey, StoredSnapshot]) -> None:
        """Say what is known of these periods now, in one transaction; where a snapshot stands,
        that is not touched."""
        with self.transaction():
            for key, snapshot in snapshots.items():
                place = [key.source, key.branch, key.before]
                self.connection.execute(
                    "insert or replace into snapshots select ?, ?, ?, ?, ?, ?, ?, ? "
                    "where not exists (from snapshots "
                    "where source = ? and branch = ? and before = ? and stands)",
                    [
                        *place,
                        snapshot.commit.sha if snapshot.commit else None,
                        snapshot.reason,
                        naive(snapshot.read_at) if snapshot.read_at else None,
                        snapshot.stands,
                        snapshot.cause,
                        *place,
                    ],
                )

    # ------------------------------------------------------------ closed periods

    def frozen(self, contract: str) -> list[FrozenRow]:
        """The closed periods of a contract, in the order they were closed."""
        rows = self.connection.execute(
            "select period, body, digest, previous from frozen_evaluations "
            "where contract = ? order by number",
            [contract],
        ).fetchall()
        return [FrozenRow(*row) for row in rows]

    def freeze(self, contract: str, row: FrozenRow) -> None:
        """Keep a closed period, in one transaction; on disk when this returns."""
        with self.transaction():
            self.connection.execute(
                "insert into frozen_evaluations "
                "select coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? from frozen_evaluations",
                [contract, row.period, row.body, row.digest, row.previous],
            )
        self.connection.execute("checkpoint")

    def journal(self, contract: str) -> tuple[str, ...]:
        """The lines of a contract's journal, in their order."""
        rows = self.connection.execute(
            "select line from ledger_journal where contract = ? order by number", [contract]
        ).fetchall()
        return tuple(line for (line,) in rows)

    def write_journal(self, contract: str, lines: Sequence[str]) -> None:
        """Add those of the lines that are not held yet, in one transaction."""
        new = list(enumerate(lines, 1))[len(self.journal(contract)) :]
        with self.transaction():
            self.append("ledger_journal", [(contract, number, line) for number, line in new])


def _columns(file: TreeFile) -> tuple[Any, ...]:
    return (file.path, file.oid, file.size, file.kind, file.language, file.unread or None)


def naive(moment: datetime) -> datetime:
    """A moment as the database keeps it: UTC without its zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)
