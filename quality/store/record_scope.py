"""The records under judgement, as tables that the indicators' SQL reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from quality.store.agreed_time import ViewWindow, operation_tables, time_tables
from quality.store.definitions import definitions, needed, sql, words_of
from quality.store.duties import DUTIES, STATES, duty_tables, states_read
from quality.store.scope import Count, MetricQuery, Table, Tables
from quality.store.views import View, Window
from quality.support.calendars import DAY

if TYPE_CHECKING:
    from quality.store.database import Store


SHELF = "records"
TOGETHER = 1_200_000  # versions of records in the views of one scope: bounds its memory
_WINDOWED = ("scope_windows", "scope_services", "scope_agreed", "scope_maintenance")
KEEPS = "temp table"  # views and macros read anew


@cache
def _by_window(name: str) -> bool:
    """Whether a definition keeps what it read of the windows that are judged."""
    text = definitions()[name]
    read = (text, *(definitions()[each] for each in needed(text)))
    return KEEPS in text and any(table in words_of(each) for each in read for table in _WINDOWED)


def together(store: Store, windows: Sequence[Window]) -> Iterator[list[Window]]:
    """The windows in order, as many at once as have ``TOGETHER`` versions of records in all of
    their views; one at least. Sources that are read every night make a view of each period."""
    rows = store.connection.execute(sql("records/known")).fetchall()
    known = {(source, batch): versions for source, batch, versions in rows}

    def size(views: set[View]) -> int:
        return sum(known.get((cut.number, cut.batch), 0) for view in views for cut in view.cuts)

    batch: list[Window] = []
    views: set[View] = set()
    versions = 0
    for each in windows:
        more = {each.view, *each.relieving} - views
        if batch and more and versions + size(more) > TOGETHER:
            yield batch
            batch, views, versions = [], set(), 0
            more = {each.view, *each.relieving}
        batch.append(each)
        views |= more
        versions += size(more)
    if batch:
        yield batch


class RecordScope(Tables):
    """Temporary tables over windows, numbered as given, of any contracts."""

    NUMBER = '"window"'

    def __init__(self, store: Store, windows: Sequence[Window]) -> None:
        super().__init__(store)
        self.windows: Sequence[Window] = ()
        views = list(dict.fromkeys(v for each in windows for v in (each.view, *each.relieving)))
        self._views = {view: number for number, view in enumerate(views)}
        self._look_at(windows)
        self.table(
            "scope_cuts",
            "view integer, source integer, name varchar, kind varchar, batch integer, "
            "spoken bigint",
            [(n, each.number, each.name, each.kind, each.batch, each.spoken)
             for n, view in enumerate(views) for each in view.cuts],
        )  # fmt: skip
        for table in operation_tables([view.operation for view in views]):
            self.table(*table)
        self.table(
            "scope_excused",
            "view integer, service varchar, id varchar, begins bigint, ends bigint",
            [(n, each.service, each.id, each.begins, each.ends)
             for n, view in enumerate(views) for each in view.excused],
        )  # fmt: skip
        self.tables(DUTIES, lambda: duty_tables(views, self._earliest()))
        self.tables((STATES,), self._states)
        self._pairs = {pair for each in windows for pair in each.pairs}
        self.table(
            "scope_others", "view integer, other integer",
            [tuple(self._views[view] for view in pair) for pair in self._pairs],
        )  # fmt: skip
        self.table(
            "scope_parties", "view integer, party varchar",
            [(n, view.party) for n, view in enumerate(views) if view.parties],
        )  # fmt: skip

    @classmethod
    def of(cls, store: Store, windows: Sequence[Window]) -> RecordScope:
        """The tables over windows; what was made last for the same views serves again."""
        last = store.shelf.get(SHELF)
        if isinstance(last, cls) and last._covers(windows):
            found = copy(last)
            found.stated = dict(last.stated)
            if list(windows) != list(last.windows):
                found.made = {name for name in last.made if not _by_window(name)}
                found._look_at(windows)
        else:
            found = cls(store, windows)
        store.shelf[SHELF] = found
        return found

    def _covers(self, windows: Sequence[Window]) -> bool:
        """Whether what was made for its views is all that windows need."""
        return all(each.view in self._views and each.pairs <= self._pairs for each in windows)

    def _look_at(self, windows: Sequence[Window]) -> None:
        """State which windows are judged."""
        self.windows = windows
        numbers = [self._views[each.view] for each in windows]
        self.table(
            "scope_windows", '"window" integer, view integer, begins bigint, ends bigint',
            [(n, view, each.begins, each.ends)
             for n, (view, each) in enumerate(zip(numbers, windows, strict=True))],
        )  # fmt: skip
        self.table(
            "scope_relief", '"window" integer, other integer',
            [(n, self._views[view]) for n, each in enumerate(windows) for view in each.relieving],
        )  # fmt: skip
        placed = (ViewWindow(view, each.begins, each.ends, each.hours)
                  for view, each in zip(numbers, windows, strict=True))  # fmt: skip
        for table in time_tables(list(placed)):
            self.table(*table)

    def _earliest(self) -> int:
        """A moment before which nothing happened, in seconds since 1970."""
        rows = self.store.connection.execute("select min(opened) from tickets").fetchall()
        return int(rows[0][0] or 0) - DAY

    def _states(self) -> Iterator[Table]:
        """What each combination of values that tickets have means."""
        rows = states_read(list(self._views), self.rows("records/states"))
        columns = "key bigint, meaning varchar, policy integer, holder varchar, held boolean"
        yield STATES, columns, rows

    def count(self, query: MetricQuery) -> dict[Window, Count]:
        """The indicator in each window; those that have nothing to count stand at 0 / 0, a total
        of nothing at 0 / 1."""
        nothing = Count(0, 1 if query.indicator.combine == "total" else 0)
        counts = dict.fromkeys(self.windows, nothing)
        for number, found in self.counted(query):
            counts[self.windows[number]] = found
        return counts

    def parts(self, query: MetricQuery) -> dict[Window, tuple[tuple[str, int], ...]]:
        """What was counted and what was left out of each window, in words, with how much."""
        found: dict[Window, list[tuple[str, int]]] = {}
        for number, words, much in self.told(query):
            found.setdefault(self.windows[number], []).append((words, much))
        return {window: tuple(each) for window, each in found.items()}
