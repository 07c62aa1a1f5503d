"""A contract over its periods: which commit stood for each repository, and what it counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quality.catalogue.indicators import INDICATORS
from quality.contract.ledger.entries import Entry
from quality.contract.periods import day_begin_instant, period_end_instant
from quality.contract.sections.baselines import Baseline
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.sources import SECTIONS
from quality.model.facts import Cause
from quality.model.verdict import Measured, Period
from quality.store.baselines import BaselineKey, StoredBaseline, baselines
from quality.store.counting import NOTHING, Content, Counts, Excused, base_of
from quality.store.database import SnapshotKey, Store, StoredSnapshot
from quality.store.scope import Count, MetricQuery
from quality.verdicts.guards import MEASURED_SHARE, UNSEEN_SHARE
from quality.verdicts.records.verdicts import Code, Recorded
from quality.verdicts.reports import Declaration, Shelf, Subject, declarations
from quality.verdicts.request import Request, baseline_key, snapshot_key
from quality.verdicts.verdict import RepositoryState, combined

NEVER = StoredSnapshot(None, "not measured yet: run `workmanship measure`")
PENDING = "not fully measured yet: run `workmanship measure`"
STALE = "not read since the period ended: run `workmanship measure`"
OTHER_PYTHON = (
    "measured under Python {python} alone: run `workmanship measure` under Python {wanted}, or "
    'pin python: "{python}" in the contract'
)
OTHER_RECIPE = "measured by another recipe"
NO_BASELINE = "the baseline was never read: run `workmanship measure`"
YOUNGER = "the period ended before the baseline"


@dataclass(frozen=True, slots=True)
class Snapshots:
    """What was delivered for a request: a snapshot for each (period, repository)."""

    request: Request
    stored: Mapping[tuple[str, str], StoredSnapshot]
    declarations: Mapping[tuple[str, str], tuple[Declaration, ...]] = field(default_factory=dict)
    base_declarations: Mapping[tuple[str, str], tuple[Declaration, ...]] = field(
        default_factory=dict
    )
    baselines: Mapping[BaselineKey, StoredBaseline] = field(default_factory=dict)

    def of(self, period: Period, repository: str) -> StoredSnapshot:
        """The snapshot of a repository in a period."""
        return self.stored.get((period.id, repository), NEVER)

    def reports(self, period: Period, repository: str) -> tuple[Declaration, ...]:
        """What stands of each source of reports on a repository in a period."""
        return self.declarations.get((period.id, repository), ())

    def base_reports(self, period: Period, repository: str) -> tuple[Declaration, ...]:
        """The same of its baseline."""
        return self.base_declarations.get((period.id, repository), ())

    def content(
        self, period: Period, repository: str, relief: Sequence[Entry] = (), party: str = ""
    ) -> Content | None:
        """The snapshot's content under the period's contract, less what ``relief`` excuses, of it
        the files of a ``party`` ("": all); None: there is no snapshot, or another recipe measured
        it."""
        contract, commit = self.request.of(period), self.of(period, repository).commit
        if commit is None or contract.measured_by != self.request.contract.measured_by:
            return None
        excused = tuple(
            Excused(entry.paths, entry.rule, entry.function)
            for entry in relief
            if entry.paths and entry.in_repository(repository)
        )
        reports = tuple(each.reported for each in self.reports(period, repository))
        owned = contract.owned(party)
        return Content(commit.sha, contract.files, excused, reports, owned=owned)

    def agreed(
        self, period: Period, repository: str
    ) -> tuple[Baseline | None, StoredBaseline | None]:
        """The baseline of a repository in a period (None: the contract has none), and what stands
        for it (None: nobody has looked yet)."""
        contract = self.request.of(period)
        source = contract.repository(repository)
        if agreed := contract.baseline_of(source):
            return agreed, self.baselines.get(baseline_key(contract, source, agreed))
        return None, None

    def baseline(self, period: Period, repository: str) -> tuple[str | None, str]:
        """The commit of the baseline with which a repository is compared in a period, or None and
        the reason why it is not; the reason is empty where the contract has no baseline."""
        agreed, stored = self.agreed(period, repository)
        if agreed is None:
            return None, ""
        if stored is None:
            return None, NO_BASELINE
        if stored.commit is None:
            return None, f"baseline {agreed.stated}: {stored.first.reason}"
        timezone = self.request.of(period).timezone
        end = period_end_instant(period, timezone)
        begins = min(stored.committed_at or stored.first.found_at, stored.first.found_at)
        if agreed.date:
            begins = day_begin_instant(agreed.date, timezone)
        return (None, YOUNGER) if begins >= end else (stored.commit, "")

    def compared(
        self, period: Period, repository: str, relief: Sequence[Entry] = (), party: str = ""
    ) -> Content | None:
        """The same content, to be compared with the baseline; None: there is no snapshot, or no
        baseline."""
        content = self.content(period, repository, relief, party)
        commit, _ = self.baseline(period, repository)
        if content is None or commit is None:
            return None
        reports = tuple(each.reported for each in self.base_reports(period, repository))
        return replace(content, baseline=commit, base_reports=reports)


@dataclass(frozen=True, slots=True)
class History:
    """The snapshots of a request, and what was counted in them."""

    snapshots: Snapshots
    counts: Counts
    elsewhere: Mapping[Content, str]  # the other Python that measured what is not counted
    recorded: Recorded

    @property
    def request(self) -> Request:
        """What is to be judged."""
        return self.snapshots.request

    def states(
        self, period: Period, relief: Sequence[Entry] = (), party: str = ""
    ) -> list[RepositoryState]:
        """What a verdict may know of each repository in a period, in the contract's order, less
        what ``relief`` excuses, of it what a ``party`` owns ("": all)."""
        repositories = self.request.of(period).repositories
        return [self._state(period, each.name, relief, party) for each in repositories]

    def _state(
        self, period: Period, repository: str, relief: Sequence[Entry], party: str
    ) -> RepositoryState:
        if any(not entry.paths and entry.in_repository(repository) for entry in relief):
            return RepositoryState(repository, {}, excused=True)
        content = self.snapshots.content(period, repository, relief, party)
        stored = self.snapshots.of(period, repository)
        if content is None:
            cause: Cause = stored.cause if stored.reason else "ours"
            return RepositoryState(repository, {}, stored.reason or OTHER_RECIPE, cause=cause)
        # commits may have followed within the period that nobody has looked for
        if not period.to_date and not stored.stands:
            return RepositoryState(repository, {}, stored.reason or STALE)
        if content not in self.counts:
            return RepositoryState(repository, {}, self._pending(content))
        counts = self.counts[content]
        cause = "ours"
        if not counts[MEASURED_SHARE].denominator and (
            counts[UNSEEN_SHARE].numerator or self._had_files(period, repository, party)
        ):
            cause = "supplier"
        reports = self.snapshots.reports(period, repository)
        before: Mapping[MetricQuery, Count] | None = None
        compared, gap = self._compared(period, repository, relief, party)
        if compared:
            counts = {**counts, **self.counts[compared]}
            before = self.counts.get(base_of(compared), {})
        eased = bool(content.excused)
        return RepositoryState(
            repository,
            counts,
            eased=eased,
            cause=cause,
            reports=reports,
            before=before,
            gap=gap,
            base_reports=self.snapshots.base_reports(period, repository),
        )

    def _compared(
        self, period: Period, repository: str, relief: Sequence[Entry] = (), party: str = ""
    ) -> tuple[Content | None, str]:
        """A repository's content beside its baseline, both counted, or None and the reason why it
        is not; the reason is empty where the contract has no baseline."""
        commit, reason = self.snapshots.baseline(period, repository)
        if commit is None:
            return None, reason
        compared = self.snapshots.compared(period, repository, relief, party)
        if compared is None:
            return None, ""
        for content in (base_of(compared), compared):
            if content.commit != NOTHING and content not in self.counts:
                return None, f"baseline: {self._pending(content)}"
        return compared, ""

    def beside(self, repository: str) -> Content | None:
        """A repository's content in the period to judge, to be compared with its baseline; None:
        that cannot be, or not yet."""
        return self._compared(self.request.period, repository)[0]

    def _had_files(self, period: Period, repository: str, party: str) -> bool:
        """Whether a snapshot of an earlier period had production files by the same patterns: if
        they are gone, that is no doing of the customer's."""
        now = self.snapshots.content(period, repository, party=party)
        earlier = (
            self.snapshots.content(each, repository, party=party)
            for each in self.request.periods
            if each.end < period.start
        )
        return any(
            self.counts[then][MEASURED_SHARE].denominator
            for then in earlier
            if then in self.counts
            and now
            and (then.patterns, then.owned) == (now.patterns, now.owned)
        )

    def _pending(self, content: Content) -> str:
        _, wanted = self.request.contract.measured_by
        if python := self.elsewhere.get(content):
            return OTHER_PYTHON.format(python=python, wanted=wanted)
        return PENDING

    def whole(
        self, period: Period, queries: Iterable[MetricQuery]
    ) -> dict[MetricQuery, Measured] | None:
        """Metric queries over all repositories in a period; None where one of them is unknown."""
        states = self.states(period)
        if not states or any(state.reason for state in states):
            return None
        return {
            query: combined(query.indicator, [state.counts[query] for state in states])
            for query in queries
        }

    def code(self, level: ServiceLevel, period: Period) -> Code | None:
        """The code that a service level's records are divided by; None: by none."""
        if not level.indicator.per:
            return None
        query = MetricQuery(INDICATORS[level.indicator.per], None)
        states = self.states(period)
        reasons = [f"{each.repository}: {each.reason}" for each in states if each.reason]
        whole = self.whole(period, [query])
        return Code(whole[query] if whole else None, "; ".join(reasons))


def read_snapshots(store: Store, requests: Sequence[Request]) -> list[Snapshots]:
    """The snapshots that the store holds for each request, and what baselines were found to
    name."""
    contracts = {id(c): c for each in requests for c in map(each.of, each.periods)}.values()
    known = store.snapshots(*{each.place(c.path) for c in contracts for each in c.repositories})
    agreed = [
        baseline_key(contract, repository, stated)
        for contract in contracts
        for repository in contract.repositories
        if (stated := contract.baseline_of(repository))
    ]
    found = baselines(store, agreed)
    return [Snapshots(each, _stored(each, known), baselines=found) for each in requests]


def _stored(
    request: Request, known: Mapping[SnapshotKey, StoredSnapshot]
) -> dict[tuple[str, str], StoredSnapshot]:
    return {
        (period.id, name): known.get(snapshot_key(request.of(period), name, period), NEVER)
        for period, name in request.places()
    }


def with_reports(store: Store, snapshots: Snapshots) -> Snapshots:
    """The same snapshots with what reports declare of each, and of its baseline."""
    request = snapshots.request
    contracts = {id(c): c for c in map(request.of, request.periods)}.values()
    if not any(contract.sources(section) for contract in contracts for section in SECTIONS):
        return snapshots
    shelf = Shelf(store, request.base.id)
    now: dict[tuple[str, str], tuple[Declaration, ...]] = {}
    before: dict[tuple[str, str], tuple[Declaration, ...]] = {}
    for period, name in request.places():
        place, base = (period.id, name), snapshots.baseline(period, name)[0]
        asked = _asked(request, period, name, snapshots.of(period, name))
        now[place] = tuple(declarations(shelf, asked, name))
        if base and any(level.indicator.since and level.indicator.records
                        for level in request.of(period).service_levels):  # fmt: skip
            then = replace(asked, baseline=base)
            before[place] = tuple(declarations(shelf, then, name))
    return replace(snapshots, declarations=now, base_declarations=before)


def _asked(request: Request, period: Period, repository: str, stored: StoredSnapshot) -> Subject:
    """The snapshot of a repository in a period, as the one that reports are to speak of."""
    contract = request.of(period)
    end = period_end_instant(period, contract.timezone)
    return Subject(contract, snapshot_key(contract, repository, period), stored, end)
