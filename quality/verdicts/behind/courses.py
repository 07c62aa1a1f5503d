"""How tickets' clocks ran, by stretches, by weeks and in sum; how old open defects are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quality.model.evidence import Aged, Holding, RelievedClock, TicketClock

CLOCKED = {
    "tickets_first_response": "response_clocks",
    "tickets_next_response": "next_response_clocks",
    "tickets_resolution": "resolution_clocks",
    "tickets_closure": "closure_clocks",
}
"""The macros of the clocks whose course is told, by the queries of their rows."""
OPEN_DEFECTS = "defects_open"  # the query of the rows whose ages are told


def slowest(rows: Sequence[tuple[Any, ...]]) -> tuple[TicketClock, ...]:
    """The clocks that rows (place, clock, stretch) tell."""
    told: dict[tuple[Any, ...], list[tuple[str, int, int]]] = {}
    for _, *clock, state, begins, ends in rows:
        told.setdefault(tuple(clock), []).append((state, begins, ends))
    return tuple(TicketClock(*[*clock, tuple(each)]) for clock, each in told.items())


def relieved_clocks(rows: Sequence[tuple[Any, ...]]) -> tuple[RelievedClock, ...]:
    """The clocks that are taken out for another party's delay."""
    return tuple(RelievedClock(*[*clock, int(seconds)]) for *clock, seconds in rows)


def holdings(rows: Sequence[tuple[Any, ...]]) -> tuple[Holding, ...]:
    """In whose hands tickets were."""
    return tuple(Holding(*[*numbers, tuple(queues)]) for *numbers, queues in rows)


def weekly(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[int, int, int], ...]:
    """(week, in time, missed) of each week in which a clock was due."""
    return tuple((int(week), in_time, missed) for week, in_time, missed in rows)


def spent(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[str, int], ...]:
    """(state, seconds) of all clocks together."""
    return tuple((state, int(seconds)) for state, seconds in rows)


def aged(rows: Sequence[tuple[Any, ...]]) -> tuple[Aged, ...]:
    """Open defects by severity and age."""
    return tuple(Aged(severity, tuple(counts)) for severity, *counts in rows)
