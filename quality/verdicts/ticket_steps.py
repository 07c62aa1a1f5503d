"""One ticket's clock, step by step: what a dispute about one ticket starts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.support import CLOCKS
from quality.errors import MeasureError, UsageError
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.verdicts.history import History
from quality.verdicts.portfolio import count
from quality.verdicts.request import Request, several


@dataclass(frozen=True, slots=True)
class TicketSteps:
    """What stood in a ticket from one moment to the next, and whether the clock of a service level
    ran."""

    contract_id: str
    period: str
    service_level: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def ticket_steps(store: Store, request: Request, service_level: str, ticket: str) -> TicketSteps:
    """The steps of a ticket under a service level, as its last period is judged; "": the only one
    under which it counts (UsageError: there is no such service level, it runs no clock, or several
    are possible; MeasureError: nobody knows the ticket)."""
    levels = [request.level(service_level)] if service_level else list(_clocked(request))
    if service_level and not _clock(levels[0]):
        raise UsageError(f"{levels[0].indicator.id} runs no clock: leave out --ticket")
    if not levels:
        raise UsageError(f"no service level of {request.base.id} runs a clock: leave out --ticket")
    (history,) = count(store, [request])
    if len(levels) == 1:
        return _steps(store, history, levels[0], ticket)
    found = _under_each(store, history, levels, ticket)
    if len(found) > 1:
        raise several(each.service_level for each in found)
    return found[0]


def _clock(level: ServiceLevel) -> str:
    """Which clock a service level judges; "": none."""
    kind = level.indicator.query.removeprefix("tickets_")
    return kind if kind in CLOCKS else ""


def _clocked(request: Request) -> Iterator[ServiceLevel]:
    return (each for each in request.contract.service_levels if _clock(each))


def _steps(store: Store, history: History, level: ServiceLevel, ticket: str) -> TicketSteps:
    request = history.request
    window = history.recorded.window(level, request.period)
    if window is None:
        reason = history.recorded.verdict(level, request.period).reason
        raise MeasureError(f"{level.id} in {request.period.id}: {reason}")
    columns, rows = RecordScope.of(store, [window]).table_of(
        "explain/ticket_steps", kind=_clock(level), ticket=ticket, source=level.source or None
    )
    if not rows:
        raise MeasureError(f"no ticket {ticket} was known when {request.period.id} was judged")
    steps = tuple(row[1:] for row in rows)
    return TicketSteps(request.base.id, request.period.id, level.id, columns[1:], steps)


def _under_each(
    store: Store, history: History, levels: Sequence[ServiceLevel], ticket: str
) -> list[TicketSteps]:
    """The steps under those service levels under which a ticket counts, or under all where it does
    under none (MeasureError: nobody knows it)."""
    found, errors = [], []
    for level in levels:
        try:
            found.append((level, _steps(store, history, level, ticket)))
        except MeasureError as error:
            errors.append(error)
    if not found:
        raise errors[0]
    return [steps for level, steps in found if _counts(level, steps)] or [s for _, s in found]


def _counts(level: ServiceLevel, found: TicketSteps) -> bool:
    """Whether in one of its steps a ticket owes what a service level judges, and is what it
    chooses."""
    chosen = {name: value for name, value in level.parameters if name in found.columns}
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    return any(
        row["target"] is not None and all(row[name] == value for name, value in chosen.items())
        for row in rows
    )
