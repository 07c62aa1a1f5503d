"""What reports claim, as the database keeps it: rows are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from quality.model.facts import Cause
from quality.model.reports import TABLES, ReportRow
from quality.store.database import Store, naive
from quality.store.delivery import aware

ROWS = 50_000  # kept at once


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one look at a source found at one place. ``content``: the report's number (None: there
    was nothing: ``reason`` says why, ``cause`` whose it is)."""

    place: str
    content: int | None
    reason: str = ""
    cause: Cause = "supplier"


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in one look at a source. ``commit``: the one whose report was asked for (None: the
    place names none); ``number``: its place in the order of all."""

    number: int
    source: str
    asked: str
    commit: str | None
    received_at: datetime
    arrivals: tuple[Arrival, ...]

    @property
    def contents(self) -> tuple[int, ...]:
        """The numbers of the reports that came."""
        return tuple(each.content for each in self.arrivals if each.content is not None)

    @property
    def found(self) -> bool:
        """Whether anything came."""
        return bool(self.contents)


@dataclass(frozen=True, slots=True)
class ReportContent:
    """What is known of a report's bytes: their sha256, and why they could not be read ("": they
    were). ``tools``: names and versions; ``commits``: those it claims, "" for a run without."""

    digest: str
    reader: str
    reason: str
    tools: tuple[tuple[str, str], ...]
    commits: tuple[str, ...]


def known(store: Store, digest: str, readers: Sequence[str]) -> int | None:
    """The number of a content that one of these readers has read; None: nobody did."""
    rows = store.connection.execute(
        "select content from report_contents where digest = ? and reader in (select unnest(?))",
        [digest, list(readers)],
    ).fetchall()
    return int(rows[0][0]) if rows else None


def keep(store: Store, digest: str, size: int, reader: str, rows: Iterable[ReportRow]) -> int:
    """Keep a report's rows, in one transaction: all of them, or none where the iterator fails."""
    with store.transaction():
        number = _next(store, "report_contents", "content")
        for table, some in _by_table(rows):
            store.append(table, [(number, *row) for row in some])
        _add(store, "report_contents", (number, digest, size, reader, None))
    return number


def keep_unreadable(store: Store, digest: str, size: int, reader: str, reason: str) -> int:
    """Keep that a report could not be read."""
    number = _next(store, "report_contents", "content")
    _add(store, "report_contents", (number, digest, size, reader, reason))
    return number


def _by_table(rows: Iterable[ReportRow]) -> Iterator[tuple[str, list[ReportRow]]]:
    waiting: dict[type[ReportRow], list[ReportRow]] = {kind: [] for kind in TABLES}
    for row in rows:
        some = waiting[type(row)]
        some.append(row)
        if len(some) == ROWS:
            yield TABLES[type(row)], some
            some.clear()
    for kind, some in waiting.items():
        yield TABLES[kind], some


def content(store: Store, number: int) -> ReportContent:
    """What is known of a report's bytes."""
    rows = store.connection.execute(
        "select digest, reader, coalesce(reason, '') from report_contents where content = ?",
        [number],
    ).fetchall()
    runs = store.connection.execute(
        'select tool, version, "commit" from report_runs where content = ? order by run', [number]
    ).fetchall()
    tools = dict.fromkeys((tool, version) for tool, version, _ in runs)
    commits = dict.fromkeys(commit for *_, commit in runs)
    digest, reader, reason = rows[0]
    return ReportContent(digest, reader, reason, tuple(tools), tuple(commits))


def named_files(store: Store, number: int) -> list[tuple[int, str]]:
    """Number and path of the files that a report names."""
    return store.connection.execute(
        "select file, path from report_files where content = ? and path != '' order by file",
        [number],
    ).fetchall()


def regular_files(store: Store, commit: str) -> list[tuple[str, str, int]]:
    """(path, blob, size) of the files of a commit, whatever they are."""
    return store.connection.execute(
        "select path, blob, size from files where \"commit\" = ? and kind = 'file'", [commit]
    ).fetchall()


# ---------------------------------------------------------------- what reached us


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a source of a contract, at the place that the contract names: see ``Batch``."""

    contract: str
    source: str
    asked: str
    commit: str | None


def receive(store: Store, look: Look, now: datetime, arrivals: Sequence[Arrival]) -> bool:
    """Keep what a look at a source found; whether it differs from what was found there last."""
    place = look.source, look.asked, look.commit
    before = [each for each in batches(store, look.contract)
              if (each.source, each.asked, each.commit) == place]  # fmt: skip
    if before and before[-1].arrivals == tuple(arrivals):
        return False
    batch = _next(store, "reports", "batch")
    with store.transaction():
        for each in arrivals:
            what = each.place, naive(now), each.content, each.reason, each.cause
            number = _next(store, "reports", "number")
            _add(store, "reports", (number, batch, look.contract, *place, *what))
    return True


def batches(store: Store, contract: str) -> list[Batch]:
    """All that ever reached us for a contract, in the order of arrival."""
    rows = store.connection.execute(
        'select batch, source, asked, "commit", received_at, place, content, reason, cause '
        "from reports where contract = ? order by number",
        [contract],
    ).fetchall()
    found: dict[int, Batch] = {}
    for number, source, asked, commit, at, *arrival in rows:
        before = found[number].arrivals if number in found else ()
        arrivals = (*before, Arrival(*arrival))
        found[number] = Batch(number, source, asked, commit, aware(at), arrivals)
    return list(found.values())


# ---------------------------------------------------------------- by what a period is judged


Settled = tuple[str, datetime, str]  # source, period's end, commit


def judged(store: Store, contract: str) -> dict[Settled, int]:
    """The batches by which periods are judged."""
    rows = store.connection.execute(
        'select source, before, "commit", batch from judged_reports where contract = ?', [contract]
    ).fetchall()
    return {(source, before, commit): batch for source, before, commit, batch in rows}


def settle(store: Store, contract: str, what: Settled, batch: int) -> None:
    """Judge a period by a batch from now on, unless another one settled it already."""
    store.connection.execute(
        "insert or ignore into judged_reports values (?, ?, ?, ?, ?)", [contract, *what, batch]
    )


def _next(store: Store, table: str, column: str) -> int:
    rows = store.connection.execute(
        f"select coalesce(max({column}), 0) + 1 from {table}"  # noqa: S608  # our own names
    ).fetchall()  # all of it: an open result keeps the appender out
    return int(rows[0][0])


def _add(store: Store, table: str, row: tuple[object, ...]) -> None:
    marks = ", ".join("?" * len(row))
    store.connection.execute(f"insert into {table} values ({marks})", list(row))  # noqa: S608
