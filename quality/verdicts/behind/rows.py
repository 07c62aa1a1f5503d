"""The rows behind a value as a query lists them, and as a reader of the evidence sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from quality.catalogue.mending import REQUESTS, Mending
from quality.catalogue.rows import RowKind, kind_of
from quality.contract.sections.levels import ServiceLevel
from quality.model.evidence import Cell, EvidencePlace, EvidenceRow

PLACES = 20  # of one row
_PLACE = ("path", "line", "last_line", "places")

Raw = tuple[Any, ...]
"""A row of a query: the repository's name, then its columns."""


@dataclass(frozen=True)
class Table:
    """The rows of a service level in one period, worst first, the repository in front of each."""

    level: ServiceLevel
    columns: tuple[str, ...]
    rows: Sequence[Raw]

    @property
    def kind(self) -> RowKind:
        """What the rows are."""
        return kind_of(self.level.indicator.query)

    @property
    def mending(self) -> Mending:
        """How the value is brought to its limits; of requests nobody lists the bad ones."""
        requests = ("measure", "requests") in self.level.parameters
        return REQUESTS if requests else self.level.indicator.mending

    @cached_property
    def numbers(self) -> str:
        """The column that says how bad a row is; "": none does."""
        by = dict(self.level.indicator.fixed).get("by", "")
        return str(by) if self.kind.number == "by" else self.kind.number

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The columns beside the place."""
        left_out = (*_PLACE, *self.kind.hidden)
        return tuple(name for name in self.columns[1:] if name not in left_out)

    @cached_property
    def told(self) -> tuple[int, ...]:
        """Where the columns stand that a reader may see."""
        return tuple(at for at, name in enumerate(self.columns) if name not in self.kind.hidden)

    def at(self, name: str) -> int | None:
        """Where a column stands; None: there is no such."""
        return self._at.get(name)

    @cached_property
    def _at(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.columns)}

    @cached_property
    def _cells(self) -> tuple[int, ...]:
        """Where the columns beside the place stand."""
        return tuple(self._at[name] for name in self.shown)

    def number(self, row: Raw) -> int | None:
        """How bad a row is."""
        at = self.at(self.numbers)
        return None if at is None or row[at] is None else int(row[at])

    def row(self, raw: Raw, was: int | None = None, shown: int | None = PLACES) -> EvidenceRow:
        """A row as a reader sees it, with so many of its places (None: all)."""
        found = self.places(raw)
        kept = found[:shown]
        return EvidenceRow(
            repository=raw[0],
            places=kept,
            cells=tuple(cell(raw[at]) for at in self._cells),
            more=len(found) - len(kept),
            was=was,
        )

    def places(self, raw: Raw) -> tuple[EvidencePlace, ...]:
        """All places of a row."""
        blocks, path = self.at("places"), self.at("path")
        if blocks is not None:
            return tuple(
                EvidencePlace(each["path"], each["line"], each["last_line"]) for each in raw[blocks]
            )
        if path is None:
            return ()
        line, last = (self.at(name) for name in ("line", "last_line"))
        return (
            EvidencePlace(
                raw[path],
                None if line is None else raw[line],
                None if last is None else raw[last],
            ),
        )


def cell(value: Any) -> Cell:
    """A value of a query as evidence keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if value is None or isinstance(value, str | int | float) else str(value)
