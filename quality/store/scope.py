"""Temporary tables that queries read, and what they count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from quality.catalogue.indicators import Indicator
from quality.store.definitions import definitions, needed, sql, words_of

if TYPE_CHECKING:
    from quality.store.database import Store

Table = tuple[str, str, Sequence[tuple[Any, ...]]]
"""Name, columns and rows of a table."""


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """What is to be counted: an indicator with its parameter (None: it has none, or the contract
    gives none), and what is ``chosen`` of the reports, in the order of its ``selects``."""

    indicator: Indicator
    parameter: int | str | None
    chosen: tuple[int | str | None, ...] = ()

    @property
    def arguments(self) -> list[int | str | None]:
        """What its macro takes."""
        own = [self.parameter] if self.indicator.parameter else []
        return [*own, *self.chosen]


@dataclass(frozen=True, slots=True)
class Count:
    """Numerator and denominator of an indicator in one snapshot."""

    numerator: int
    denominator: int


class Tables:
    """Temporary tables of the database: of our own rows, as they are stated, and of what SQL
    defines. Each is made when the first query that reads it is asked. ``NUMBER``: the column of
    indicators that says of what a row is."""

    NUMBER: ClassVar[str] = "snapshot"

    def __init__(self, store: Store) -> None:
        self.store = store
        self.made: set[str] = set()  # of what SQL defines
        self.stated: dict[str, Callable[[], Iterable[Table]]] = {}  # what is not made yet

    def table(self, name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """State a table of our own rows, for the queries that name it."""
        self.tables((name,), lambda: [(name, columns, rows)])

    def tables(self, names: Iterable[str], rows: Callable[[], Iterable[Table]]) -> None:
        """State some tables whose rows are worked out only where a query names one of them."""
        self.stated |= dict.fromkeys(names, rows)

    def rows(self, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of the query ``quality/store/sql/NAME.sql``."""
        return self.table_of(name, **parameters)[1]

    def table_of(
        self, name: str, **parameters: Any
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Column names and rows of the query ``quality/store/sql/NAME.sql``."""
        result = self._execute(sql(name), parameters or None)
        return tuple(column[0] for column in result.description), result.fetchall()

    def keep(self, table: str, name: str, **parameters: Any) -> tuple[str, ...]:
        """Keep the rows of the query ``quality/store/sql/NAME.sql`` in a temporary table, in their
        order; returns the columns."""
        self._execute(f"create or replace temp table {table} as {sql(name)}", parameters or None)
        found = self.store.connection.execute(f"select * from {table} limit 0")  # noqa: S608
        return tuple(column[0] for column in found.description)

    def kept(self, table: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        """What is kept of some snapshots or windows, in its order."""
        return self.store.connection.execute(
            f"select * from {table} "  # noqa: S608  # our own names
            f"where list_contains(?, {self.NUMBER}) order by rowid",
            [list(numbers)],
        ).fetchall()

    def _execute(self, query: str, parameters: Any) -> Any:
        """The result of a query, after all that it reads is made; a parameter may name a macro."""
        read = query
        if isinstance(parameters, dict):  # a query need not read all that may be chosen
            named = set(re.findall(r"\$(\w+)", query))
            parameters = {name: each for name, each in parameters.items() if name in named}
            texts = (each for each in parameters.values() if isinstance(each, str))
            read = " ".join([query, *(each for each in texts if each in definitions())])
        for name in needed(read):
            text = definitions()[name]
            self._make_stated(text)
            if name not in self.made:
                self.store.connection.execute(text)
                self.made.add(name)
        self._make_stated(query)
        return self.store.connection.execute(query, parameters or None)

    def _make_stated(self, text: str) -> None:
        """Make the stated tables that a text names."""
        for named in words_of(text):
            if named in self.stated:
                for name, columns, rows in self.stated[named]():
                    self.stated.pop(name)
                    create = f"create or replace temp table {name} ({columns})"
                    self.store.connection.execute(create)
                    self.store.append(name, rows)

    def counted(self, query: MetricQuery) -> Iterator[tuple[int, Count]]:
        """What an indicator's macro counts, by the number in front of its rows."""
        marks = ", ".join("?" * len(query.arguments))
        rows = self._execute(
            f"select {self.NUMBER}, numerator, denominator "  # noqa: S608  # our own names
            f"from {query.indicator.macro}({marks})",
            query.arguments,
        ).fetchall()
        for number, numerator, denominator in rows:
            yield number, Count(int(numerator or 0), int(denominator or 0))

    def told(self, query: MetricQuery) -> list[tuple[int, str, int]]:
        """What the macro of an indicator's parts tells."""
        marks = ", ".join("?" * len(query.chosen))
        rows = self._execute(
            f"select {self.NUMBER}, part, much "  # noqa: S608  # our own names
            f"from {query.indicator.parts}({marks}) order by all",
            list(query.chosen),
        ).fetchall()
        return [(number, part, int(much)) for number, part, much in rows]
