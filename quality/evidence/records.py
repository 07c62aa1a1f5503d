"""The records of a bundle: what was observed of branches, and what others reported.

They are claims with the moment they reached us, so a bundle holds the rows as they are, one entry a
table. Which rows are a contract's follows from a table's columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from quality.errors import DisagreementError
from quality.evidence.archive import Entries
from quality.evidence.lines import lines, lines_of
from quality.evidence.papers import Addresses
from quality.model.facts import ROWS
from quality.store.database import Store

RECORDS = "records/"
ELSEWHERE = frozenset({  # tables that stand in entries of their own, or tell of this machine only
    "measurements", *(row.table for row in ROWS), "commits", "files", "snapshot_values",
    "frozen_evaluations", "ledger_journal", "migrations", "acknowledgements",
})  # fmt: skip
_SOURCES = (
    "t.source in (select source from record_sources where contract in (select unnest($contracts)))"
)
_VERSIONS = f"select t.version from record_versions as t where {_SOURCES}"  # noqa: S608
_OF = {  # by the first of these columns that a table has: whose its rows are
    "branch": "t.source in (select unnest($places))",
    "contract": "t.contract in (select unnest($contracts))",
    "content": "t.content in (select content from reports "
    "where contract in (select unnest($contracts)))",
    "source": _SOURCES,
    "version": f"t.version in ({_VERSIONS})",
    "state": f"t.state in (select state from ticket_fields where version in ({_VERSIONS}))",  # noqa: S608
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of records: its columns with their types, and the condition that a contract's rows
    meet."""

    name: str
    columns: tuple[tuple[str, str], ...]
    condition: str

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [name for name, _ in self.columns]

    @property
    def places(self) -> list[bool]:
        """Which of its columns hold the place of a repository."""
        return [name == "source" and "branch" in self.names for name in self.names]


def tables(store: Store) -> tuple[Table, ...]:
    """The tables of records, by name. One that no rule knows is left out: where it matters, making
    a bundle fails."""
    found = []
    for name, columns in _columns(store).items():
        rules = [rule for key, rule in _OF.items() if key in dict(columns)]
        found += [Table(name, columns, rule) for rule in rules[:1]]
    return tuple(found)


def _columns(store: Store) -> dict[str, tuple[tuple[str, str], ...]]:
    """The columns, with their types, of the tables that stand in no entry of their own."""
    rows = store.connection.execute(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = 'main' and table_catalog = current_database() "
        "order by table_name, ordinal_position"
    ).fetchall()
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for table, column, kind in rows:
        if table not in ELSEWHERE:
            found[table] = (*found.get(table, ()), (column, kind))
    return found


def unknown(store: Store) -> frozenset[str]:
    """The tables that no rule knows, and that no bundle holds."""
    return frozenset(_columns(store).keys() - {each.name for each in tables(store)})


def records(store: Store, contracts: Sequence[str], where: Addresses) -> dict[str, bytes]:
    """The entries that hold a contract's records; ``contracts``: its id and its amendments'."""
    given = {"places": [place for place, _ in where.named], "contracts": list(contracts)}
    found = {}
    for table in tables(store):
        used = {key: value for key, value in given.items() if f"${key}" in table.condition}
        rows = store.connection.execute(
            f"select t.* from {table.name} as t where {table.condition} order by all",  # noqa: S608
            used,
        ).fetchall()
        if rows:
            head: list[object] = [table.names]
            found[f"{RECORDS}{table.name}.jsonl"] = lines(
                [*head, *([_plain(value, is_place, where) for is_place, value
                           in zip(table.places, row, strict=True)] for row in rows)]
            )  # fmt: skip
    return found


def _plain(value: Any, is_place: bool, where: Addresses) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return where.name(value) if is_place else where.hide(value)


def load(store: Store, entries: Entries, where: Addresses) -> None:
    """Put a bundle's records into an empty store (DisagreementError)."""
    known = {f"{RECORDS}{table.name}.jsonl": table for table in tables(store)}
    for name in sorted(entries):
        if name.startswith(RECORDS):
            if name not in known:
                raise DisagreementError(f"{name}: this release knows no such records")
            _load(store, known[name], lines_of(entries, name), name, where)


def _load(
    store: Store, table: Table, rows: Iterator[list[Any]], name: str, where: Addresses
) -> None:
    if next(rows, None) != table.names:
        raise DisagreementError(f"{name}: these are the columns of another release")
    try:
        values = [
            tuple(_value(kind, value, where if is_place else None) for (_, kind), is_place, value
                  in zip(table.columns, table.places, row, strict=True))
            for row in rows
        ]  # fmt: skip
        store.append(table.name, values)
    except (duckdb.Error, ValueError, TypeError, OverflowError, ArithmeticError) as error:
        raise DisagreementError(f"{name}: {str(error).splitlines()[0][:150]}") from None


def _value(kind: str, value: Any, where: Addresses | None) -> Any:
    if isinstance(value, dict):
        raise ValueError("an object is not a value of a column")
    if not isinstance(value, str):
        return value
    if kind.startswith("TIMESTAMP"):
        return datetime.fromisoformat(value)
    if kind == "DATE":
        return date.fromisoformat(value)
    if kind.startswith("DECIMAL"):
        return Decimal(value)
    return where.place(value) if where else value
