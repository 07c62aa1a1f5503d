"""What is asked of the verdicts: a contract over its periods, and where what stands is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.ledger.entries import Entry
from quality.contract.ledger.ledger import Ledger, Ruling, claims, excuses_days
from quality.contract.periods import period_end_instant
from quality.contract.sections.baselines import Baseline
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.repositories import Repository
from quality.errors import UsageError
from quality.model.closing import PeriodState
from quality.model.statement import Draw
from quality.model.verdict import Period
from quality.store.baselines import BaselineKey
from quality.store.database import SnapshotKey

DrawsByPeriod = tuple[tuple[str, tuple[Draw, ...]], ...]


@dataclass(frozen=True, slots=True)
class Relief:
    """What may relieve a service level: entries of the ledger, and other parties whose failures do
    by the records."""

    entries: tuple[Entry, ...] = ()
    parties: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries or self.parties)

    def without(self, entry: Entry) -> Relief:
        """The rest of it."""
        return replace(self, entries=tuple(each for each in self.entries if each is not entry))

    @property
    def kinds(self) -> tuple[Relief, ...]:
        """The entries alone and the parties alone, where there are both."""
        if self.entries and self.parties:
            return replace(self, parties=()), replace(self, entries=())
        return ()


NO_RELIEF = Relief()


@dataclass(frozen=True)
class Request:
    """A contract with its amendments and ledger, and all its periods up to the one to judge,
    oldest first. ``today`` (in the contract's zone) says what is signed and still open; None: all
    is. ``draws``: what other contracts take of the cap of its framework, by period; None: nobody
    has asked."""

    family: Family
    periods: tuple[Period, ...]
    today: date | None = None
    draws: DrawsByPeriod | None = None

    @property
    def base(self) -> Contract:
        """The contract that the others amend: its id is the id of all."""
        return self.family.base

    @property
    def period(self) -> Period:
        """The period to judge: the last one."""
        return self.periods[-1]

    @property
    def before(self) -> Period | None:
        """The period before that one; None: there is none."""
        return next(iter(self.periods[-2:-1]), None)

    @cached_property
    def contract(self) -> Contract:
        """The contract in force in the period to judge."""
        return self.of(self.period)

    def level(self, service_level: str) -> ServiceLevel:
        """The service level of an id in that contract, or "": its only one (UsageError: it has none
        such, or several)."""
        levels = self.contract.service_levels
        found = self.contract.level(service_level) if service_level else levels[0]
        if found is None:
            known = ", ".join(each.id for each in levels)
            raise UsageError(
                f"{self.contract.id} has no service level {service_level!r}: it has {known}"
            )
        if not service_level and len(levels) > 1:
            raise several(each.id for each in levels)
        return found

    @property
    def ledger(self) -> Ledger:
        """The ledger of the whole family."""
        return self.family.ledger

    @property
    def repositories(self) -> tuple[str, ...]:
        """The names of the repositories of the judged period, in the contract's order."""
        return tuple(repository.name for repository in self.contract.repositories)

    @property
    def disputed_until(self) -> date | None:
        """The last day of the dispute window of the period to judge; None: no ``today``."""
        days = timedelta(days=self.contract.dispute_days)
        return self.period.end + days if self.today else None

    @property
    def state(self) -> PeriodState:
        """The state of the period to judge, as long as nobody closed it; "": no ``today``."""
        if self.today is None or self.disputed_until is None:
            return ""
        if self.period.end >= self.today:
            return "provisional"
        open_ = self.today <= self.disputed_until
        return "dispute_window_open" if open_ else "dispute_window_closed"

    def of(self, period: Period) -> Contract:
        """The contract that judges a period."""
        return self.family.in_force(period)

    def places(self) -> Iterator[tuple[Period, str]]:
        """Every period with every repository, in order."""
        for period in self.periods:
            for repository in self.of(period).repositories:
                yield period, repository.name

    @cached_property
    def claims(self) -> dict[str, tuple[Ruling, ...]]:
        """By period, the ledger's entries that concern it."""
        return {
            period.id: claims(self.ledger, self.of(period), period, self.today)
            for period in self.periods
        }

    def relief(self, level: ServiceLevel, period: Period) -> Relief:
        """The entries that count and can move a service level in a period, and the parties that the
        contract names for it."""
        entries = (claim.entry for claim in self.claims[period.id] if not claim.why_not)
        acting = tuple(
            entry
            for entry in entries
            if entry.acts_on(level) and (level.indicator.of or self._wholly(entry, period))
        )
        return Relief(acting, level.relieved_by or ())

    def _wholly(self, entry: Entry, period: Period) -> bool:
        """Whether an entry takes code or the whole delivery out of a period."""
        return not (entry.part_of(period) or excuses_days(entry, self.of(period), period))

    def excused_days(self, period: Period) -> Iterator[tuple[Entry, tuple[str, ...]]]:
        """The events that count and excuse some days of a period, and the service levels whose
        credits they lower: records are taken out one by one, and code by days."""
        contract = self.of(period)
        for claim in self.claims[period.id]:
            entry = claim.entry
            if claim.why_not or entry.repositories or not excuses_days(entry, contract, period):
                continue
            levels = (each for each in contract.service_levels if not each.indicator.of)
            if named := tuple(each.id for each in levels if entry.names(each)):
                yield entry, named


def several(service_levels: Iterable[str]) -> UsageError:
    """Of several service levels, by their ids, one is to be named."""
    *first, last = service_levels
    return UsageError(f"say by --service-level which: {', '.join(first)} or {last}")


def subsets(request: Request, level: ServiceLevel, period: Period) -> Iterable[Relief]:
    """No relief, all of it and each kind alone; in the judged period also all but one entry, to
    tell what each does."""
    relief = request.relief(level, period)
    singly = map(relief.without, relief.entries) if period == request.period else ()
    return dict.fromkeys((NO_RELIEF, relief, *relief.kinds, *singly))


def snapshot_key(contract: Contract, repository: str, period: Period) -> SnapshotKey:
    """Where the snapshot of a contract's repository in a period is kept."""
    source = contract.repository(repository)
    before = period_end_instant(period, contract.timezone).replace(tzinfo=None)
    return SnapshotKey(source.place(contract.path), source.branch, before)


def baseline_key(contract: Contract, repository: Repository, agreed: Baseline) -> BaselineKey:
    """Where it is kept what a contract's baseline names in a repository."""
    source, dated = repository.place(contract.path), agreed.date is not None
    zone = f" {contract.timezone}" if dated else ""
    return BaselineKey(source, repository.branch if dated else "", f"{agreed.stated}{zone}")
