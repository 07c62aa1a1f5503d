"""What the ledger's notices do to the money of a period, and why some of them do nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from quality.contract.contract import Contract
from quality.contract.ledger.ledger import Ledger
from quality.contract.ledger.notices import Choice, Claim, Incident, Notice, Reallocation
from quality.contract.periods import contract_year
from quality.model.amounts import plain
from quality.model.verdict import Period

Given = TypeVar("Given", bound=Notice)
Told = Claim | Choice | Incident | Reallocation


class ExcusedDays(NamedTuple):
    """An event that excuses its days, both of these included, for some service levels."""

    event: str
    service_levels: tuple[str, ...]
    first: date
    last: date

    def within(self, period: Period) -> range:
        """Its days of a period, by their ordinals."""
        first, last = max(self.first, period.start), min(self.last, period.end)
        return range(first.toordinal(), last.toordinal() + 1)


@dataclass(frozen=True, slots=True)
class Noticed:
    """The notices that concern a period, each with the reason why it does not count ("": it does).

    ``events``: incidents with the service levels they failed; ``chosen``: the service levels whose
    credits the customer chose, the first choice first; ``allocations``: by service level, with the
    notice that set it; ``claim_until``: the last day for claims (None: none is needed), and
    ``unclaimed`` the service levels whose credits have lapsed since ("": those for points);
    ``excused``: the events that excuse some days."""

    told: tuple[tuple[Told, str], ...] = ()
    events: tuple[tuple[str, tuple[str, ...]], ...] = ()
    chosen: tuple[str, ...] = ()
    allocations: tuple[tuple[str, Decimal, str], ...] = ()
    claim_until: date | None = None
    unclaimed: tuple[str, ...] = ()
    excused: tuple[ExcusedDays, ...] = ()

    def excused_days(self, level: str, period: Period) -> tuple[int, str]:
        """How many days of a period are excused for a service level, each once, and by what."""
        found = [each for each in self.excused if level in each.service_levels]
        days = {day for each in found for day in each.within(period)}
        return len(days), ", ".join(sorted(each.event for each in found))

    def days_of(self, event: str, period: Period) -> int:
        """How many days of a period an event excuses; 0: it excuses none."""
        return sum(len(each.within(period)) for each in self.excused if each.event == event)

    def excused_levels(self, event: str) -> tuple[str, ...]:
        """The service levels whose credits an event lowers by its days."""
        return next((each.service_levels for each in self.excused if each.event == event), ())

    def without(self, event: str) -> "Noticed":
        """The same had an event not excused its days."""
        return replace(self, excused=tuple(each for each in self.excused if each.event != event))


NOTHING = Noticed()


def noticed(
    ledger: Ledger, starts: date, contract: Contract, period: Period, today: date | None
) -> Noticed:
    """What the notices do to a period that ``contract`` judges; ``starts``: the term's first day;
    ``today``: None: all is signed that will be, and no day for claims has passed."""
    told = [*_claims(ledger, contract, period, today), *_choices(ledger, contract, period, today)]
    told += _incidents(ledger, contract, period, today)
    set_anew = list(_reallocations(ledger, starts, contract, today))
    told += [(each, why) for each, why in set_anew if each.effective <= period.end]
    counting = [each for each, why in told if not why]
    ids = tuple(level.id for level in contract.service_levels)
    allocations: dict[str, tuple[str, Decimal, str]] = {}
    for each, why in set_anew:
        if not why and each.effective <= period.start:
            for one in each.allocations:
                allocations[one.service_level] = one.service_level, one.allocation, each.id
    until = _claim_until(contract, period)
    claims = [each for each in counting if isinstance(each, Claim)]
    over = until is not None and today is not None and today > until
    return Noticed(
        told=tuple(told),
        events=tuple(
            (each.id, each.service_levels or ids) for each in counting if isinstance(each, Incident)
        ),
        chosen=tuple(each.service_levels[0] for each in counting if isinstance(each, Choice)),
        allocations=tuple(allocations.values()),
        claim_until=until,
        unclaimed=tuple(
            name for name in (*ids, "") if over and not any(each.names(name) for each in claims)
        ),
    )


def _claim_until(contract: Contract, period: Period) -> date | None:
    days = contract.credits.claim_days
    return None if days is None else period.end + timedelta(days=days)


def _by_day(ledger: Ledger, kind: type[Given]) -> list[Given]:
    """The notices of a kind in the order in which they were given, whatever that of the file."""
    return sorted(ledger.of(kind), key=lambda each: (ledger.given_on(each) or date.max, each.id))


def _claims(
    ledger: Ledger, contract: Contract, period: Period, today: date | None
) -> Iterator[tuple[Told, str]]:
    until = _claim_until(contract, period)
    for each in ledger.of(Claim):
        if each.period == period.id:
            why = ledger.unsigned(each, today)
            if not why and until is None:
                why = "the contract asks for no claim (credits.claim_days)"
            elif not why and until and (on := ledger.given_on(each)) and on > until:
                why = f"given on {on}, after the last day for claims, {until}"
            yield each, why


def _choices(
    ledger: Ledger, contract: Contract, period: Period, today: date | None
) -> Iterator[tuple[Told, str]]:
    last = period.end + timedelta(days=contract.dispute_days)
    for each in _by_day(ledger, Choice):
        if each.period == period.id:
            why = ledger.unsigned(each, today)
            if not why and contract.credits.single_event != "customer_choice":
                why = "the contract leaves no choice (credits.single_event: customer_choice)"
            elif not why and (on := ledger.given_on(each)) and on > last:
                why = f"given on {on}, after the dispute window, which ended on {last}"
            yield each, why


def _incidents(
    ledger: Ledger, contract: Contract, period: Period, today: date | None
) -> Iterator[tuple[Told, str]]:
    for each in ledger.of(Incident):
        if each.start <= period.end and each.end >= period.start:
            why = ledger.unsigned(each, today)
            if not why and not contract.credits.once:
                why = "the contract charges each service level by itself (credits.single_event)"
            yield each, why


def _reallocations(
    ledger: Ledger, starts: date, contract: Contract, today: date | None
) -> Iterator[tuple[Reallocation, str]]:
    """Those since the contract or amendment in force began, by their first day: an amendment states
    its own allocations."""
    begun, taken = contract.effective or starts, Counter[int]()
    stated = {each.id: each.allocation for each in contract.service_levels if not each.pool}
    standing = {name: share for name, share in stated.items() if share is not None}
    for each in sorted(_by_day(ledger, Reallocation), key=lambda notice: notice.effective):
        if each.effective < begun:
            continue
        year, _, _ = contract_year(starts, each.effective)
        then = standing | {one.service_level: one.allocation for one in each.allocations}
        why = ledger.unsigned(each, today)
        on = ledger.given_on(each) or each.effective
        why = why or _not_allowed(contract, each, (each.effective - on).days, standing, then)
        rule = contract.credits.reweighting
        if not why and rule and taken[year] >= rule.times_a_year:
            why = f"{rule.times_a_year} took effect in contract year {year} already"
        if not why:
            taken[year] += 1
            standing = then
        yield each, why


def _not_allowed(
    contract: Contract,
    notice: Reallocation,
    days: int,
    before: dict[str, Decimal],
    then: dict[str, Decimal],
) -> str:
    """Why a contract does not let the allocations be set so; "": it does."""
    rule = contract.credits.reweighting
    if rule is None:
        return "the contract lets nobody set allocations by notice (credits.reweighting)"
    if days < rule.notice_days:
        return f"given {days} days before, the contract asks for {rule.notice_days}"
    if strangers := [e.service_level for e in notice.allocations if e.service_level not in before]:
        return f"{strangers[0]} has no allocation of the at-risk amount"
    pooled = (
        sum((each.percent for each in contract.charges.pools), Decimal(0))
        if contract.charges
        else Decimal(0)
    )
    whole = sum(then.values(), pooled)
    most = contract.charges.pool if contract.charges else Decimal(100)
    if whole > most:
        return f"brings the allocations to {plain(whole)} %, but the pool holds {plain(most)} %"
    return ""
