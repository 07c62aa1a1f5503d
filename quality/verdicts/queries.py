"""The metric queries behind a contract's verdicts: what must be counted in which content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quality.contract.contract import Contract
from quality.store.counting import NOTHING, Content, MetricQueries, base_of
from quality.store.scope import MetricQuery
from quality.verdicts.fit import fits
from quality.verdicts.guards import (
    MEASURED_SHARE,
    UNREADABLE_SHARE,
    UNSEEN_SHARE,
    guard,
    query_of,
)
from quality.verdicts.history import Snapshots
from quality.verdicts.request import subsets
from quality.verdicts.scorecard.growth import QUERIES

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
        alone, guards, since = queries[id(request.of(period))]
        if content := snapshots.content(period, repository):
            yield content, alone
        if compared := snapshots.compared(period, repository):
            yield from _compared(compared, guards, since)


Asked = tuple[MetricQuery, ...]


def _queries(contract: Contract) -> tuple[Asked, Asked, Asked]:
    """What is counted in a snapshot by itself, what of that in its baseline, and what in a snapshot
    that is compared with it."""
    levels = [
        level for level in contract.service_levels if not level.indicator.of and not level.party
    ]
    judging = [query_of(level) for level in levels]
    guards = [*UNMEASURED, *(each for level in levels for each in guard(level, contract).queries)]
    alone = (query for query in judging if not query.indicator.since)
    since = dict.fromkeys(query for query in judging if query.indicator.since)
    return (
        tuple(dict.fromkeys((*guards, *QUERIES, *alone, *fits(contract)))),
        tuple(dict.fromkeys((*guards, *fits(contract)))),
        tuple(since),
    )


def _compared(
    compared: Content, guards: Asked, queries: Asked
) -> Iterator[tuple[Content, tuple[MetricQuery, ...]]]:
    """What is compared, and how much of its baseline is measured."""
    yield compared, queries
    base = base_of(compared)
    if base.commit != NOTHING:
        yield base, guards


def _relieved(snapshots: Snapshots) -> Iterator[tuple[Content, tuple[MetricQuery, ...]]]:
    """The contents that are less than a whole snapshot, for what is excused or another party's:
    only a service level is counted there."""
    request = snapshots.request
    for period in request.periods:
        contract = request.of(period)
        for level in contract.service_levels:
            if level.indicator.of:
                continue
            for relief in subsets(request, level, period):
                if not (relief.entries or level.party):  # the whole snapshot is counted anyway
                    continue
                for repository in contract.repositories:
                    content = snapshots.content(
                        period, repository.name, relief.entries, level.party
                    )
                    if content is None or not (content.excused or content.owned):
                        continue
                    guarding = (*UNMEASURED, *guard(level, contract).queries, *fits(contract))
                    guards = tuple(dict.fromkeys(guarding))
                    query = query_of(level)
                    more = () if query.indicator.since else (query,)
                    yield content, tuple(dict.fromkeys((*guards, *more)))
                    compared = snapshots.compared(
                        period, repository.name, relief.entries, level.party
                    )
                    if compared and query.indicator.since:
                        yield from _compared(compared, guards, (query,))
