"""One ticket's clock, step by step: what a dispute about one ticket starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quality.contract.support import CLOCKS
from quality.errors import MeasureError, UsageError
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.verdicts.portfolio import count
from quality.verdicts.request import Request


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
    """The steps of a ticket under a service level, as its last period is judged (UsageError: it has
    no such service level, or one without a clock; MeasureError: nobody knows the ticket)."""
    level = request.level(service_level)
    kind = level.indicator.query.removeprefix("tickets_")
    if kind not in CLOCKS:
        raise UsageError(f"{level.indicator.id} runs no clock: leave out --ticket")
    (history,) = count(store, [request])
    window = history.recorded.window(level, request.period)
    if window is None:
        reason = history.recorded.verdict(level, request.period).reason
        raise MeasureError(f"{level.id} in {request.period.id}: {reason}")
    columns, rows = RecordScope.of(store, [window]).table_of(
        "explain/ticket_steps", kind=kind, ticket=ticket, source=level.source or None
    )
    if not rows:
        raise MeasureError(f"no ticket {ticket} was known when {request.period.id} was judged")
    steps = tuple(row[1:] for row in rows)
    return TicketSteps(request.base.id, request.period.id, level.id, columns[1:], steps)
