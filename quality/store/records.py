"""What trackers and monitors claim, as the database keeps it: rows are added and never changed.

A page is one transaction: its records, and the cursor behind them. So whatever breaks half-way, the
next run goes on behind the last page that is here, and nothing is lost or here twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from quality.model.facts import Cause
from quality.model.records import Record, RecordKind
from quality.store.database import Store, naive
from quality.store.definitions import sql
from quality.store.delivery import aware
from quality.store.record_rows import RoleOf, Row, State, content, row_of
from quality.store.views import Cut

ROWS = 20_000  # records kept at once
Values = tuple[int, str, str, str, str, str]
"""(state, status, priority, queue, group, type) of tickets."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is said of records that come in one transaction. ``reading``: the look at the source
    that they belong to; ``spoken_at``: the moment of which they speak; ``last``: nothing follows;
    ``whole``: they end a listing of every record; ``digest``: of the files' bytes."""

    source: int
    reading: int
    asked: str
    received_at: datetime
    spoken_at: datetime
    last: bool = True
    whole: bool = False
    cursor: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A page that is here, or a look that found nothing (``reason`` says why, ``cause`` whose it
    is). ``records`` came, ``changed`` of them said something new, ``doubled`` came twice."""

    number: int
    page: Arrival
    records: int = 0
    changed: int = 0
    doubled: int = 0
    reason: str = ""
    cause: Cause = "supplier"


def source_number(store: Store, contract: str, name: str, kind: RecordKind) -> int | None:
    """The number of a contract's source; None: nothing ever came of it."""
    rows = store.connection.execute(
        "select source from record_sources where contract = ? and name = ? and kind = ?",
        [contract, name, kind],
    ).fetchall()
    return int(rows[0][0]) if rows else None


def add_source(store: Store, contract: str, name: str, kind: RecordKind) -> int:
    """The number of a contract's source, a new one where it has none."""
    known = source_number(store, contract, name, kind)
    if known is not None:
        return known
    number = _next(store, "record_sources", "source")
    store.connection.execute(
        "insert into record_sources values (?, ?, ?, ?)", [number, contract, name, kind]
    )
    return number


def batches(store: Store, source: int) -> list[Batch]:
    """All that ever came of a source, in the order of arrival."""
    rows = store.connection.execute(
        'select batch, source, reading, asked, received_at, spoken_at, last, whole, "cursor", '
        "digest, records, changed, doubled, reason, cause "
        "from record_batches where source = ? order by batch",
        [source],
    ).fetchall()
    found = []
    for number, of, reading, asked, received, spoken, *rest in rows:
        last, whole, cursor, digest, *counts = rest
        moments = aware(received), aware(spoken)
        page = Arrival(of, reading, asked, *moments, last, whole, cursor, digest)
        found.append(Batch(number, page, *counts))
    return found


def all_of(store: Store, contract: str, name: str, kind: RecordKind) -> list[Batch]:
    """The same of a contract's source by its name; none: nothing ever came of it."""
    number = source_number(store, contract, name, kind)
    return batches(store, number) if number else []


def keep_nothing(store: Store, page: Arrival, reason: str, cause: Cause) -> None:
    """Keep that a look at a source found nothing."""
    _add_batch(store, Batch(_next(store, "record_batches", "batch"), page, 0, 0, 0, reason, cause))


class Intake:
    """A reading of a source in hand, page by page. ``whole``: from its beginning on it lists every
    record, so that one that is missing at its end is gone; ``role_of``: who somebody is."""

    def __init__(
        self, store: Store, source: int, *, whole: bool, role_of: RoleOf | None = None
    ) -> None:
        self._store, self._source, self._whole = store, source, whole
        self._role_of = role_of
        self._states: dict[State, int] = {}
        store.connection.execute("create or replace temp table arrived (id varchar)")
        store.connection.execute("create or replace temp table seen (id varchar)")

    def keep(self, page: Arrival, records: Iterable[Record]) -> Batch:
        """Keep what is new in a page, in one transaction: all of it, or nothing where the iterator
        fails."""
        store = self._store
        with store.transaction():
            number = _next(store, "record_batches", "batch")
            total = changed = doubled = 0
            self._read_states()
            rows = (row_of(record, self._role_of) for record in records)
            while chunk := list(islice(rows, ROWS)):
                total += len(chunk)
                doubled += self._doubled(chunk)
                changed += self._keep_changed(number, chunk)
            if page.last and self._whole:
                changed += self._keep_gone(number)
            self._keep_states()
            batch = Batch(number, page, total, changed, doubled)
            _add_batch(store, batch)
        return batch

    def _read_states(self) -> None:
        """The combinations of values that are known: read anew for each page, since those of a page
        that failed are gone."""
        rows = self._store.connection.execute("from ticket_states").fetchall()
        self._states = {values: number for number, *rest in rows for values in [tuple(rest)]}
        self._known = len(self._states)

    def _state_of(self, values: State) -> int:
        return self._states.setdefault(values, len(self._states) + 1)

    def _keep_states(self) -> None:
        new = list(self._states.items())[self._known :]
        self._store.append("ticket_states", [(number, *values) for values, number in new])

    def _doubled(self, chunk: Sequence[Row]) -> int:
        """How many of these records came before in this reading."""
        self._arrived(chunk)
        (before,) = self._one("select count(*) from arrived semi join seen using (id)")
        (apart,) = self._one("select count(distinct id) from arrived")
        self._store.connection.execute("insert into seen select distinct id from arrived")
        return int(before) + len(chunk) - int(apart)

    def _arrived(self, chunk: Sequence[Row]) -> None:
        self._store.connection.execute("truncate arrived")
        self._store.append("arrived", [(row.id,) for row in chunk])

    def _keep_changed(self, batch: int, chunk: Sequence[Row]) -> int:
        """Keep the records of a chunk that say something new."""
        known: dict[str, str] = dict(
            self._store.connection.execute(
                "select id, arg_max(digest, version) from record_versions "
                "where source = ? and id in (select id from arrived) group by id",
                [self._source],
            ).fetchall()
        )
        version = _next(self._store, "record_versions", "version")
        versions: list[tuple[object, ...]] = []
        contents: dict[str, list[tuple[object, ...]]] = {}
        for row in chunk:
            if known.get(row.id) != row.digest:
                known[row.id] = row.digest
                versions.append((version, self._source, batch, *row[:4]))
                for table, rows in content(row, version, self._state_of):
                    contents.setdefault(table, []).extend(rows)
                version += 1
        self._store.append("record_versions", versions)
        for table, more in contents.items():
            self._store.append(table, more)
        return len(versions)

    def _keep_gone(self, batch: int) -> int:
        """Keep of every record that was here and is not listed any more that it is gone."""
        rows = self._store.connection.execute(
            sql("records/gone"), {"source": self._source}
        ).fetchall()
        first = _next(self._store, "record_versions", "version")
        self._store.append(
            "record_versions",
            [(number, self._source, batch, id, "", title, True)
             for number, (id, title) in enumerate(rows, first)],
        )  # fmt: skip
        return len(rows)

    def _one(self, query: str) -> tuple[int, ...]:
        (row,) = self._store.connection.execute(query).fetchall()
        return tuple(row)


def _add_batch(store: Store, batch: Batch) -> None:
    page = batch.page
    row = (
        *(batch.number, page.source, page.reading, page.asked),
        *(naive(page.received_at), naive(page.spoken_at), page.last, page.whole, page.cursor),
        *(page.digest, batch.records, batch.changed, batch.doubled, batch.reason, batch.cause),
    )
    marks = ", ".join("?" * len(row))
    store.connection.execute(f"insert into record_batches values ({marks})", list(row))  # noqa: S608


def changed_since(store: Store, source: int, batch: int) -> tuple[int, int]:
    """Of the records of a source that were known at a batch: how many say something else since,
    and how many are gone."""
    ((changed, gone),) = store.connection.execute(
        sql("records/changed_since"), {"source": source, "batch": batch}
    ).fetchall()
    return int(changed), int(gone)


def states(store: Store) -> list[Values]:
    """Each combination of values that tickets have."""
    return store.connection.execute(sql("records/states")).fetchall()


def tickets_in(
    store: Store, cut: Cut, named: Mapping[int, str], begins: int, ends: int
) -> list[tuple[str, int]]:
    """How many tickets of a source were in some states between two moments, in seconds since 1970,
    by the name of each state, most first."""
    if not named:
        return []
    asked = {"source": cut.number, "batch": cut.batch, "begins": begins, "ends": ends,
             "states": list(named), "names": list(named.values())}  # fmt: skip
    return store.connection.execute(sql("records/tickets_in"), asked).fetchall()


def next_reading(store: Store) -> int:
    """The number of a new reading."""
    return _next(store, "record_batches", "reading")


def _next(store: Store, table: str, column: str) -> int:
    rows = store.connection.execute(
        f"select coalesce(max({column}), 0) + 1 from {table}"  # noqa: S608  # our own names
    ).fetchall()  # all of it: an open result keeps the appender out
    return int(rows[0][0])
