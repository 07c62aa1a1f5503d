"""Samples of several series, put together by service and moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from collectors.records.stretches import Stretches
from quality.model.records import Probed

Result = tuple[bool, int, int]
"""Whether it is up, results, and how many of them failed."""


class Samples:
    """Of several results of one service at one moment, it is down if one says so."""

    def __init__(self) -> None:
        self._services = dict[str, dict[datetime, Result]]()

    def add(self, service: str, at: datetime, result: Result) -> None:
        """A result."""
        moments = self._services.setdefault(service, {})
        before = moments.get(at)
        if before:
            result = (before[0] and result[0], before[1] + result[1], before[2] + result[2])
        moments[at] = result

    def stretches(self, interval: int) -> Iterator[Probed]:
        """All of them, as stretches."""
        taken = Stretches(interval)
        for service, moments in self._services.items():
            for at in sorted(moments):
                yield from taken.add(service, at, *moments[at])
        yield from taken.rest()
