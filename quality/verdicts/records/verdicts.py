"""Service levels that count records: what is counted in which window, and the verdicts on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from quality.catalogue.operation import MISSED
from quality.contract.contract import Contract
from quality.contract.sections.defects import Defects
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.support import Support
from quality.model.verdict import Measured, Outcome, Period, Verdict
from quality.store.agreed_time import Operation
from quality.store.database import Store
from quality.store.record_scope import RecordScope, together
from quality.store.scope import Count, MetricQuery
from quality.store.views import Excusal, View, Window
from quality.support.intervals import Stretch, union
from quality.verdicts.guards import query_of
from quality.verdicts.limits import compare, shortfall, too_small
from quality.verdicts.records.excusals import excusals, whole
from quality.verdicts.records.intervals import poisson, wilson
from quality.verdicts.records.service_hours import hours_of
from quality.verdicts.records.standing import Standing, standings, window_of
from quality.verdicts.request import NO_RELIEF, Relief, Request, subsets
from quality.verdicts.verdict import stated

AVAILABILITY = "service.availability"
Parts = tuple[tuple[str, int], ...]
Counted = Mapping[tuple[Window, MetricQuery], Count]


@dataclass(frozen=True, slots=True)
class Code:
    """What is counted in the code of a period; None: unknown, for a ``reason``."""

    measured: Measured | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What stands of a request's sources of records in each period, and what was counted there."""

    request: Request
    standing: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    counts: Counted = field(default_factory=dict)
    parts: Mapping[tuple[Window, MetricQuery], Parts] = field(default_factory=dict)
    failing: Mapping[tuple[str, str], Sequence[Stretch]] = field(default_factory=dict)
    """By period and party, when its services were down whose own service level it failed."""

    def of(self, level: ServiceLevel, period: Period) -> tuple[Standing, ...]:
        """The sources that a service level counts, in a period."""
        sources = self.request.of(period).kept_in(level.indicator.kinds)
        return tuple(
            self.standing[period.id, each.name]
            for each in sources
            if not level.source or level.source == each.name
        )

    def window(
        self, level: ServiceLevel, period: Period, relief: Relief = NO_RELIEF
    ) -> Window | None:
        """Where a service level is counted in a period, less what ``relief`` takes out; None: a
        source does not say all of it."""
        contract = self.request.of(period)
        cuts = tuple(each.cut for each in self.of(level, period) if each.cut)
        if len(cuts) < len(self.of(level, period)):
            return None
        served = [each for each in contract.served if each.name == level.service]
        owed = [
            each.name for each in contract.kept_in(("probes",)) if each.declared_by == "supplier"
        ]
        operation = Operation(contract.served, contract.defects or Defects(), tuple(owed))
        excused = excusals(level, contract, relief.entries)
        if level.service:
            excused += tuple(
                Excusal(None, level.service, *stretch)
                for party in relief.parties
                for stretch in self.failing.get((period.id, party), ())
            )
        view = View(
            cuts, (contract.support or Support()).of(level.party), contract.calendars, operation,
            excused, contract.parties, level.party,
        )  # fmt: skip
        begins, ends = window_of(contract, period, cuts)
        hours = tuple(hours_of(contract, each, level.source, begins, ends) for each in served)
        relieving = () if level.service else tuple(_parts(view, relief.parties, contract))
        return Window(view, begins, ends, hours, relieving)

    def verdict(
        self,
        level: ServiceLevel,
        period: Period,
        relief: Relief = NO_RELIEF,
        code: Code | None = None,
    ) -> Verdict:
        """Judge a service level in a period, less what ``relief`` takes out.
        ``code``: what its records are divided by, where that is counted in code."""
        contract, of = self.request.of(period), self.of(level, period)
        found = stated(level, None, "unknown")
        window = self.window(level, period, relief)
        if whole(period, relief.entries):
            found = replace(found, outcome="excused")
        elif gap := _gap(level, contract, of):
            found = replace(found, outcome=gap[0], reason=gap[1])
        elif window and (missed := self._missed(level, contract, window)):
            found = replace(found, outcome=missed[0], reason=missed[1])
        elif code and code.measured is None:
            found = replace(found, reason=code.reason)
        elif window:
            found = _judged(level, self._count(level, window, code), excused=bool(relief))
        parts = self.parts.get((window, query_of(level)), ()) if window else ()
        return replace(
            found,
            declared_by=tuple(dict.fromkeys(each.source.declared_by for each in of)),
            readings=tuple(each.reading for each in of),
            parts=parts,
        )

    def _count(self, level: ServiceLevel, window: Window, code: Code | None) -> Count:
        count = self.counts[window, query_of(level)]
        if code and code.measured:
            return Count(count.numerator, code.measured.numerator)
        return count

    def _missed(
        self, level: ServiceLevel, contract: Contract, window: Window
    ) -> tuple[Outcome, str] | None:
        """Probes that missed more of a service's time than agreed."""
        if not level.indicator.also:
            return None
        missed = self.counts[window, missed_query(level)]
        service = next(each for each in contract.served if each.name == level.service)
        if missed.numerator * 100 <= service.missing_at_most * missed.denominator:
            return None
        probing = [each for each in contract.kept_in(("probes",))
                   if level.source in ("", each.name)]  # fmt: skip
        failed = level.minimum is not None and any(map(contract.fails_without, probing))
        share = Decimal(missed.numerator * 100) / missed.denominator
        reason = (
            f"nobody probed {level.service} for {missed.numerator:,} of {missed.denominator:,} "
            f"agreed seconds ({share:.2f} %); {service.missing_at_most.normalize():f} % may be "
            "missing"
        )
        return ("failed" if failed else "unknown"), reason


def _parts(view: View, parties: Sequence[str], contract: Contract) -> Iterator[View]:
    """The same records read for the part of each party."""
    support = contract.support or Support()
    return (replace(view, support=support.of(party), party=party) for party in parties)


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


def _judged(level: ServiceLevel, count: Count, *, excused: bool) -> Verdict:
    measured = Measured(count.numerator, count.denominator, level.indicator.scale)
    exact = measured.exact
    if exact is None:
        if excused:
            return stated(level, None, "excused")
        clocks = level.indicator.of == "tickets"
        reason = "nothing was due in the period" if clocks else "nothing to count in the period"
        return stated(level, None, "unknown", reason)
    if reason := too_small(measured, level):
        return stated(level, None, "unknown", reason)
    outcome = compare(exact, level)
    reason = shortfall(exact, level) if outcome == "failed" else ""
    return stated(level, measured, outcome, reason, interval=interval(level, count))


def interval(level: ServiceLevel, count: Count) -> tuple[Decimal, Decimal] | None:
    """Where the value may lie by chance alone; None: chance has no say in it."""
    kind, of = level.indicator.chance, count.denominator
    if kind == "share" or (kind == "requests" and level.measure == "requests"):
        bounds = wilson(count.numerator, of)
    elif kind == "rate":
        low, high = poisson(count.numerator)
        bounds = low / of, high / of
    else:
        return None
    lowest, highest = (Decimal(f"{level.indicator.scale * bound:.6f}") for bound in bounds)
    return lowest, highest


def missed_query(level: ServiceLevel) -> MetricQuery:
    """How much of a service's time its probes missed."""
    return MetricQuery(MISSED, None, (level.service, level.source or None))


def read_recorded(store: Store, requests: Sequence[Request]) -> list[Recorded]:
    """What stands of the sources of each request's contracts, with all counts that judging
    needs."""
    found = [_with_failures(store, Recorded(each, standings(store, each))) for each in requests]
    wanted = {pair for each in found for pair in _wanted(each)}
    counts, parts = _counted(store, wanted)
    return [replace(each, counts=counts, parts=parts) for each in found]


def _counted(
    store: Store, wanted: Collection[tuple[Window, MetricQuery]]
) -> tuple[dict[tuple[Window, MetricQuery], Count], dict[tuple[Window, MetricQuery], Parts]]:
    counts: dict[tuple[Window, MetricQuery], Count] = {}
    parts: dict[tuple[Window, MetricQuery], Parts] = {}
    windows = list(dict.fromkeys(window for window, _ in sorted(wanted, key=_order)))
    for some in together(store, windows):
        scope, judged = RecordScope.of(store, some), set(some)
        for query in dict.fromkeys(query for window, query in wanted if window in judged):
            counted = scope.count(query)
            counts |= {(window, query): count for window, count in counted.items()}
            if query.indicator.parts:
                told = scope.parts(query)
                parts |= {(window, query): each for window, each in told.items()}
    return counts, parts


def _with_failures(store: Store, recorded: Recorded) -> Recorded:
    """The same with the failures of services that relieve others."""
    request = recorded.request
    judged = [
        (period, level, window)
        for period in request.periods
        for level in request.of(period).service_levels
        if level.party in _relieving(request.of(period))
        and level.indicator.id == AVAILABILITY
        and (window := recorded.window(level, period))
    ]
    if not judged:
        return recorded
    wanted = [
        (window, query)
        for _, level, window in judged
        for query in (query_of(level), missed_query(level))
    ]
    known = replace(recorded, counts=_counted(store, wanted)[0])
    windows = [window for _, _, window in judged]
    down = RecordScope.of(store, windows).rows("records/service_down")
    failing: dict[tuple[str, str], list[Stretch]] = {}
    for number, (period, level, _) in enumerate(judged):
        if known.verdict(level, period).outcome == "failed":
            its = [(begins, ends) for window, begins, ends in down if window == number]
            failing.setdefault((period.id, level.party), []).extend(its)
    return replace(recorded, failing={key: union(each) for key, each in failing.items()})


def _relieving(contract: Contract) -> set[str]:
    """The parties whose services' failures relieve others."""
    levels = (each for each in contract.service_levels if each.service)
    return {party for each in levels for party in each.relieved_by or ()}


def _wanted(recorded: Recorded) -> Iterator[tuple[Window, MetricQuery]]:
    """What judging a request must have counted."""
    request = recorded.request
    for period in request.periods:
        for level in request.of(period).service_levels:
            if not level.indicator.of:
                continue
            for relief in subsets(request, level, period):
                if window := recorded.window(level, period, relief):
                    yield window, query_of(level)
                    if level.indicator.also:
                        yield window, missed_query(level)


def _order(pair: tuple[Window, MetricQuery]) -> tuple[int, int]:
    return pair[0].begins, pair[0].ends
