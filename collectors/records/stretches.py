"""Results of probes as they come, made into stretches of equal results.

A year of probes is a hundred million results, and a few thousand stretches. A result speaks until
the next one, and never longer than the interval: what nobody probed is a gap. Stretches end at each
quarter of an hour of UTC, so that none crosses the bounds of a period, whatever its time zone, and
what is read twice gives the same stretches twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from collectors.records.stamps import EARLIEST
from collectors.records.text import UnreadableError
from quality.model.records import Probed

QUARTER = timedelta(minutes=15)
SERVICES = 10_000
LONGEST_INTERVAL = 86_400


class Stretches:
    """The stretches of a source. Results may come oldest or newest first, those of several
    services mixed; ``interval``: seconds between two of a service."""

    def __init__(self, interval: int) -> None:
        if not 0 < interval <= LONGEST_INTERVAL:
            raise UnreadableError(
                "the time between probes is not known: state the source's interval:"
            )
        self._interval = timedelta(seconds=interval)
        self._services = dict[str, _Service]()

    def add(
        self, service: str, at: datetime, up: bool, results: int = 1, failed: int = -1
    ) -> list[Probed]:
        """Take a result; gives the stretches that it completes. ``failed``: of the results, where
        the source counts requests."""
        found = self._services.get(service)
        if found is None:
            if len(self._services) == SERVICES:
                raise UnreadableError(f"more than {SERVICES:,} services")
            found = self._services[service] = _Service(service, self._interval)
        return found.add(at, up, results, (0 if up else results) if failed < 0 else failed)

    def rest(self) -> Iterator[Probed]:
        """What is complete when nothing follows."""
        for service in self._services.values():
            yield from service.rest()


def quarter(moment: datetime) -> datetime:
    """The beginning of the quarter of an hour in which a moment lies."""
    return moment - (moment - EARLIEST) % QUARTER


def quarters(begins: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The parts of a time that lie in one quarter of an hour each."""
    while begins < ends:
        ceiling = quarter(begins) + QUARTER
        yield begins, min(ends, ceiling)
        begins = ceiling


class _Service:
    """One service: the last result, which waits for its end, and the stretch that is open."""

    def __init__(self, name: str, interval: timedelta) -> None:
        self._name, self._interval = name, interval
        self._at: datetime | None = None
        self._up, self._results, self._failed = True, 0, 0
        self._newest_first: bool | None = None
        self._later: datetime | None = None  # newest first: the moment of the result before
        self._open: Probed | None = None
        self._quarter = EARLIEST, EARLIEST  # in which the open stretch lies

    def add(self, at: datetime, up: bool, results: int, failed: int) -> list[Probed]:
        before, done = self._at, list[Probed]()
        if at == before:  # of two places at one moment: it is down if one says so
            self._up = self._up and up
            self._results += results
            self._failed += failed
            return done
        if before is not None:
            if (at < before) is not self._newest_first:
                if self._newest_first is not None:
                    raise UnreadableError("results out of order: sort them by time")
                self._newest_first = at < before
            done = self._done(before, None if self._newest_first else at)
        self._at, self._up, self._results, self._failed = at, up, results, failed
        return done

    def rest(self) -> list[Probed]:
        done = self._done(self._at, None) if self._at else []
        return [*done, self._open] if self._open else done

    def _done(self, begins: datetime, until: datetime | None) -> list[Probed]:
        """The waiting result has its end."""
        if self._newest_first:
            until, self._later = self._later, begins
        ends = begins + self._interval
        if until is not None and until < ends:
            ends = until
        floor, ceiling = self._quarter
        if floor <= begins and ends <= ceiling:
            return self._put(begins, ends, self._results, self._failed)
        pieces, done = list(quarters(begins, ends)), list[Probed]()
        for start, end in reversed(pieces) if self._newest_first else pieces:
            counts = (self._results, self._failed) if start == begins else (0, 0)
            done += self._put(start, end, *counts)
        return done

    def _put(self, begins: datetime, ends: datetime, results: int, failed: int) -> list[Probed]:
        """Make the open stretch longer, or begin another."""
        last = self._open
        if last and last.up is self._up and begins >= self._quarter[0] and ends <= self._quarter[1]:
            if last.ends == begins:
                begins = last.begins
            elif last.begins == ends:
                ends = last.ends
            else:
                return self._begin(begins, ends, results, failed)
            results, failed = results + last.results, failed + last.failed
            self._open = Probed(self._name, begins, ends, last.up, results, failed)
            return []
        return self._begin(begins, ends, results, failed)

    def _begin(self, begins: datetime, ends: datetime, results: int, failed: int) -> list[Probed]:
        done = [self._open] if self._open else []
        self._open = Probed(self._name, begins, ends, self._up, results, failed)
        floor = quarter(begins)
        self._quarter = floor, floor + QUARTER
        return done
