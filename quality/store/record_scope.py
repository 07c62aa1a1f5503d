"""The records under judgement, as tables that the indicators' SQL reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.contract.support import Support
from quality.model.records import RecordKind
from quality.store.scope import Count, MetricQuery, Tables

if TYPE_CHECKING:
    from quality.store.database import Store


@dataclass(frozen=True, slots=True)
class Cut:
    """A source as it was known at a batch: what came later is left out. ``number``: the source's,
    ``name``: in the contract; ``spoken``: the moment of which the batch speaks, in seconds since
    1970."""

    number: int
    name: str
    kind: RecordKind
    batch: int
    spoken: int


@dataclass(frozen=True, slots=True)
class View:
    """Records as they were known, read under the terms of a contract, less what is excused: all
    that an indicator's count depends on here beside the window."""

    cuts: tuple[Cut, ...]
    support: Support = field(hash=False)
    excused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that is judged, in seconds since 1970, half-open."""

    view: View
    begins: int
    ends: int


class RecordScope(Tables):
    """Temporary tables over windows, numbered as given, of any contracts."""

    NUMBER = '"window"'

    def __init__(self, store: Store, windows: Sequence[Window]) -> None:
        super().__init__(store)
        self.windows = windows
        views = list(dict.fromkeys(each.view for each in windows))
        self.table(
            "scope_windows", '"window" integer, view integer, begins bigint, ends bigint',
            [(n, views.index(each.view), each.begins, each.ends)
             for n, each in enumerate(windows)],
        )  # fmt: skip
        self.table(
            "scope_cuts",
            "view integer, source integer, name varchar, kind varchar, batch integer, "
            "spoken bigint",
            [(n, each.number, each.name, each.kind, each.batch, each.spoken)
             for n, view in enumerate(views) for each in view.cuts],
        )  # fmt: skip
        self.table(
            "scope_statuses", "view integer, status varchar, meaning varchar",
            [(n, *row) for n, view in enumerate(views) for row in view.support.meanings],
        )  # fmt: skip

    def count(self, query: MetricQuery) -> dict[Window, Count]:
        """The indicator in each window; those that have nothing to count stand at 0 / 0, a total
        of nothing at 0 / 1."""
        nothing = Count(0, 1 if query.indicator.combine == "total" else 0)
        counts = dict.fromkeys(self.windows, nothing)
        for number, found in self.counted(query):
            counts[self.windows[number]] = found
        return counts
