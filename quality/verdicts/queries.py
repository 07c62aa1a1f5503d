"""The metric queries behind a contract's verdicts: what must be counted in which content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quality.contract.contract import Contract
from quality.contract.entries import Entry
from quality.contract.levels import ServiceLevel
from quality.model.verdict import Period
from quality.store.counting import Content, MetricQueries, MetricQuery
from quality.verdicts.fit import fits
from quality.verdicts.guards import (
    MEASURED_SHARE,
    UNREADABLE_SHARE,
    UNSEEN_SHARE,
    guard,
    query_of,
)
from quality.verdicts.history import Request, Snapshots
from quality.verdicts.relief import all_but
from quality.verdicts.scorecard import QUERIES

UNMEASURED = (MEASURED_SHARE, UNREADABLE_SHARE, UNSEEN_SHARE)  # what every verdict looks at first


def metric_queries(snapshots: Iterable[Snapshots]) -> MetricQueries:
    """All that several requests need to be judged and shown, by content, each query once."""
    wanted: MetricQueries = {}
    for each in snapshots:
        for content, queries in (*_delivered(each), *_relieved(each)):
            if wanted.setdefault(content, queries) != queries:
                wanted[content] = tuple(dict.fromkeys(wanted[content] + queries))
    return wanted


def _delivered(snapshots: Snapshots) -> Iterator[tuple[Content, tuple[MetricQuery, ...]]]:
    """The whole snapshots, in which all that a scorecard shows is counted."""
    request = snapshots.request
    queries = {id(c): _queries(c) for c in map(request.of, request.periods)}
    for period, repository in request.places():
        if content := snapshots.content(period, repository):
            yield content, queries[id(request.of(period))]


def _queries(contract: Contract) -> tuple[MetricQuery, ...]:
    levels = (each for level in contract.service_levels for each in _judging(level, contract))
    return tuple(dict.fromkeys((*UNMEASURED, *QUERIES, *levels, *fits(contract))))


def _judging(level: ServiceLevel, contract: Contract) -> tuple[MetricQuery, ...]:
    return *guard(level, contract).queries, query_of(level)


def _relieved(snapshots: Snapshots) -> Iterator[tuple[Content, tuple[MetricQuery, ...]]]:
    """The contents that are less than a whole snapshot: only a service level is counted there."""
    request = snapshots.request
    for period in request.periods:
        contract = request.of(period)
        for level in contract.service_levels:
            for relief in _subsets(request, level, period):
                for repository in contract.repositories:
                    content = snapshots.content(period, repository.name, relief)
                    if content and content.excused:
                        judging = _judging(level, contract)
                        asked = dict.fromkeys((*UNMEASURED, *judging, *fits(contract)))
                        yield content, tuple(asked)


def _subsets(request: Request, level: ServiceLevel, period: Period) -> Iterator[Sequence[Entry]]:
    """All relief; in the judged period also all but one, to tell what each entry does."""
    relief = request.relief(level, period)
    if relief:
        yield relief
    if period == request.period:
        yield from (rest for entry in relief if (rest := all_but(entry, relief)))
