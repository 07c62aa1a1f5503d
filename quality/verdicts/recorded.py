"""Service levels that count records: what is counted in which window, and the verdicts on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quality.contract.contract import Contract
from quality.contract.entries import Entry
from quality.contract.levels import ServiceLevel
from quality.contract.support import Support
from quality.model.verdict import Measured, Outcome, Period, Verdict
from quality.store.database import Store
from quality.store.record_scope import RecordScope
from quality.store.scope import Count, MetricQuery
from quality.store.views import View, Window
from quality.verdicts.guards import query_of
from quality.verdicts.request import Request
from quality.verdicts.standing import Standing, standing, window_of
from quality.verdicts.verdict import compare, shortfall, stated

Counted = Mapping[tuple[Window, MetricQuery], Count]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What stands of a request's sources of records in each period, and what was counted there."""

    request: Request
    standing: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    counts: Counted = field(default_factory=dict)

    def of(self, level: ServiceLevel, period: Period) -> tuple[Standing, ...]:
        """The sources that a service level counts, in a period."""
        sources = self.request.of(period).kept_in(level.indicator.of)
        return tuple(
            self.standing[period.id, each.name]
            for each in sources
            if not level.source or level.source == each.name
        )

    def window(self, level: ServiceLevel, period: Period) -> Window | None:
        """Where a service level is counted in a period; None: a source does not say all of it."""
        contract = self.request.of(period)
        cuts = tuple(each.cut for each in self.of(level, period) if each.cut)
        if len(cuts) < len(self.of(level, period)):
            return None
        view = View(cuts, contract.support or Support(), contract.calendars)
        return Window(view, *window_of(contract, period, cuts))

    def verdict(self, level: ServiceLevel, period: Period, relief: Sequence[Entry] = ()) -> Verdict:
        """Judge a service level in a period, less what ``relief`` excuses."""
        contract, of = self.request.of(period), self.of(level, period)
        found = stated(level, None, "unknown")
        if relief:
            found = replace(found, outcome="excused")
        elif gap := _gap(level, contract, of):
            found = replace(found, outcome=gap[0], reason=gap[1])
        else:
            window = self.window(level, period)
            assert window  # noqa: S101  # there is no gap
            found = _judged(level, self.counts[window, query_of(level)])
        return replace(
            found,
            declared_by=tuple(dict.fromkeys(each.source.declared_by for each in of)),
            readings=tuple(each.reading for each in of),
        )


def _gap(
    level: ServiceLevel, contract: Contract, of: Sequence[Standing]
) -> tuple[Outcome, str] | None:
    """A source that does not say all of the period."""
    gaps = [each for each in of if each.cut is None]
    if not gaps:
        return None
    owed = any(each.cause == "supplier" and contract.fails_without(each.source) for each in gaps)
    outcome: Outcome = "failed" if owed and level.minimum is not None else "unknown"
    return outcome, "; ".join(f"{each.source.name}: {each.reason}" for each in gaps)


def _judged(level: ServiceLevel, count: Count) -> Verdict:
    measured = Measured(count.numerator, count.denominator, level.indicator.scale)
    exact = measured.exact
    if exact is None:
        return replace(stated(level, None, "unknown"), reason="nothing was due in the period")
    if level.minimum_sample is not None and measured.denominator < level.minimum_sample:
        counted, asked = f"{measured.denominator:,}", f"{level.minimum_sample:,}"
        reason = f"the sample is too small: {counted} counted, the contract asks for {asked}"
        return replace(stated(level, None, "unknown"), reason=reason)
    outcome = compare(exact, level)
    reason = shortfall(exact, level) if outcome == "failed" else ""
    return replace(stated(level, measured, outcome), reason=reason)


def read_recorded(store: Store, requests: Sequence[Request]) -> list[Recorded]:
    """What stands of the sources of each request's contracts, with all counts that judging
    needs."""
    found = [Recorded(each, _standing(store, each)) for each in requests]
    wanted = {pair for each in found for pair in _wanted(each)}
    counts: dict[tuple[Window, MetricQuery], Count] = {}
    if wanted:
        windows = list(dict.fromkeys(window for window, _ in sorted(wanted, key=_order)))
        scope = RecordScope(store, windows)
        for query in dict.fromkeys(query for _, query in wanted):
            counted = scope.count(query)
            counts |= {(window, query): count for window, count in counted.items()}
    return [replace(each, counts=counts) for each in found]


def _standing(store: Store, request: Request) -> dict[tuple[str, str], Standing]:
    return {
        (period.id, source.name): standing(
            store, request.base.id, request.of(period), period, source
        )
        for period in request.periods
        for source in request.of(period).records
    }


def _wanted(recorded: Recorded) -> Iterator[tuple[Window, MetricQuery]]:
    """What judging a request must have counted."""
    for period in recorded.request.periods:
        for level in recorded.request.of(period).service_levels:
            if level.indicator.of and (window := recorded.window(level, period)):
                yield window, query_of(level)


def _order(pair: tuple[Window, MetricQuery]) -> tuple[int, int]:
    return pair[0].begins, pair[0].ends
