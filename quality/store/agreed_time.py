"""The terms of services and defects, and what is excused, as tables that the SQL reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quality.contract.sections.defects import Defects
from quality.contract.sections.services import Service
from quality.store.scope import Table

LOOK_BACK = 92 * 86400
"""How far before a window an outage is followed that was not over when it began, in seconds."""

Stretches = tuple[tuple[int, int], ...]
_HOURS = '"window" integer, service varchar, begins bigint, ends bigint'


class Hours(NamedTuple):
    """A service's time around a window: its ``agreed`` hours, and those in which it may be
    maintained (``planned``), from LOOK_BACK before it on. ``source``: the one by which it is
    judged; None: all."""

    terms: Service
    source: str | None
    agreed: Stretches
    planned: Stretches


@dataclass(frozen=True, slots=True)
class Operation:
    """What a contract says of operation that is no service's time. ``owed``: the sources of probes
    whose gaps are the supplier's."""

    services: tuple[Service, ...] = field(default=(), hash=False)
    defects: Defects = field(default_factory=Defects, hash=False)
    owed: tuple[str, ...] = ()


class ViewWindow(NamedTuple):
    """A window with the number of its view."""

    view: int
    begins: int
    ends: int
    hours: tuple[Hours, ...]


def time_tables(windows: Sequence[ViewWindow]) -> Iterator[Table]:
    """Name, columns and rows of the tables of the services' time in windows, as numbered."""
    every = [(n, window, each) for n, window in enumerate(windows) for each in window.hours]
    yield (
        "scope_services",
        '"window" integer, view integer, service varchar, source varchar, since bigint, '
        "begins bigint, ends bigint, same_outage bigint, announced bigint, most bigint",
        [_terms(n, window, each) for n, window, each in every],
    )
    yield (
        "scope_agreed", _HOURS,
        [(n, terms.name, *each) for n, _, (terms, _, agreed, _) in every for each in agreed],
    )  # fmt: skip
    yield (
        "scope_maintenance", _HOURS,
        [(n, terms.name, *each) for n, _, (terms, _, _, planned) in every for each in planned],
    )  # fmt: skip


def _terms(number: int, window: ViewWindow, hours: Hours) -> tuple[Any, ...]:
    terms, planned = hours.terms, hours.terms.maintenance
    return (
        *(number, window.view, terms.name, hours.source),
        *(window.begins - LOOK_BACK, window.begins, window.ends),
        *(terms.same_outage, planned.announced if planned else 0),
        planned.at_most if planned else None,
    )


def operation_tables(operations: Sequence[Operation]) -> Iterator[Table]:
    """The tables of what contracts say, by the number of their view, as they write it: the database
    makes capitals small on both sides, for it does so otherwise than Python."""
    every = [(n, each) for n, operation in enumerate(operations) for each in operation.services]
    yield (
        "scope_service_names", "view integer, service varchar, pattern varchar",
        [(n, each.name, pattern) for n, each in every for pattern in each.patterns],
    )  # fmt: skip
    yield (
        "scope_causes", "view integer, service varchar, pattern varchar",
        [(n, each.name, cause) for n, each in every for cause in each.not_counted],
    )  # fmt: skip
    yield (
        "scope_owed", "view integer, name varchar",
        [(n, name) for n, operation in enumerate(operations) for name in operation.owed],
    )  # fmt: skip
    yield from _defects([(n, each.defects) for n, each in enumerate(operations)])


def _defects(terms: Sequence[tuple[int, Defects]]) -> Iterator[Table]:
    yield (
        "scope_defect_terms",
        "view integer, at_creation boolean, confirms boolean, undecided bigint",
        [(n, each.severity == "created", bool(each.confirmed),
          None if each.undecided_days is None else each.undecided_days * 86400)
         for n, each in terms],
    )  # fmt: skip
    yield (
        "scope_defect_statuses", "view integer, status varchar, meaning varchar",
        [(n, *row) for n, each in terms for row in each.meanings],
    )  # fmt: skip
    yield (
        "scope_severities", "view integer, rank integer, severity varchar",
        [(n, rank, name) for n, each in terms
         for rank, name in enumerate(each.severities, 1)],
    )  # fmt: skip
    yield (
        "scope_escapes", "view integer, field varchar, pattern varchar",
        [(n, each.escaped.field, value) for n, each in terms if each.escaped
         for value in each.escaped.values],
    )  # fmt: skip
