"""The ledger beside a contract: excused events, accepted debt, credit notes, what the parties tell
each other, and how periods are closed.

``NAME.events.yaml`` is append-only and signed entry by entry. An entry counts only if both parties
approved it, so a supplier can neither stop the clock by his own acts nor by his own word; what
does not count is shown with the reason.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from quality.contract.contract import Contract
from quality.contract.ledger.entries import Closing, Debt, Entry, Event, Note, Signed, Waived
from quality.contract.ledger.notices import Notice
from quality.contract.sections.ledger_rules import ExcusalLimits
from quality.model.verdict import Period

Kind = TypeVar("Kind", bound=Signed)
FORMAT = "workmanship.events/1"
ENDINGS = (".contract.yaml", ".contract.yml", ".yaml", ".yml")  # of a contract file's name


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger in the order it was written. ``digest`` chains the entries' digests; "" where there
    is no ledger."""

    written: tuple[Signed, ...] = ()
    outsiders: tuple[tuple[str, str], ...] = ()  # (id, whose approval counts for nothing and why)
    digests: tuple[tuple[str, str], ...] = ()  # (id, digest) of all, in order
    digest: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # (what, content) of every entry and approval, in order
    bounds: tuple[tuple[str, date], ...] = ()  # (notice, a day on which it was not here yet)

    def given_on(self, notice: Notice) -> date | None:
        """The day of a notice: that of its signature, but none before a day on which the ledger
        was read without it. None: who raises it has not signed it."""
        on, bound = notice.given_on, dict(self.bounds).get(notice.id)
        return max(on, bound) if on and bound else on

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The entries of one kind."""
        return tuple(each for each in self.written if isinstance(each, kind))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What excuses: events and accepted debt."""
        return tuple(each for each in self.written if isinstance(each, Event | Debt))

    @property
    def notes(self) -> tuple[Note, ...]:
        """The credit notes."""
        return self.of(Note)

    @property
    def closings(self) -> tuple[Closing, ...]:
        """How periods are closed."""
        return self.of(Closing)

    def unsigned(self, entry: Signed, today: date | None) -> str:
        """Why an entry's approvals are not enough on ``today`` (None: whenever); "" if they are."""
        missing = entry.missing(today)
        return missing or dict(self.outsiders).get(entry.id, "")

    def waived(self, what: Waived, period: str, today: date | None) -> tuple[bool, str]:
        """Whether both parties waived something for a period; if not, why what was tried does not
        count ("": nobody tried)."""
        tried = [e for e in self.closings if e.period == period and what in e.waives]
        why = [self.unsigned(each, today) for each in tried]
        return "" in why, "; ".join(f"{e.id}: {w}" for e, w in zip(tried, why, strict=True) if w)


EMPTY = Ledger()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an entry is worth in one period: it counts, or ``why_not`` says why it does not."""

    entry: Entry
    why_not: str


def ledger_path(contract: Path) -> Path:
    """Where a contract's ledger lies: ``acme.contract.yaml`` has ``acme.events.yaml`` beside."""
    return contract.with_name(f"{stem(contract)}.events.yaml")


def stem(contract: Path) -> str:
    """NAME of ``NAME.contract.yaml``, or of any other name that a contract file may have."""
    name = contract.name
    for ending in ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def claims(
    ledger: Ledger, contract: Contract, period: Period, today: date | None
) -> tuple[Ruling, ...]:
    """The entries that concern a period, and which of them count, in the ledger's order.

    Events concern the periods they touch. Debt concerns every period from its first day on: after
    its last day it has expired, and that is shown. Debt must be in force on the period's last day,
    for code is measured as it stands then.
    """
    beyond = _beyond(ledger, contract.excusals, period, today)
    found = []
    for entry in ledger.entries:
        debt = entry.kind == "accepted_debt"
        begun = entry.start is None or entry.start <= period.end
        if entry.touches(period) or (debt and begun):
            why = (
                ledger.unsigned(entry, today)
                or _why_not(entry, contract, period)
                or beyond.get(entry.id)
            )
            found.append(Ruling(entry, why or ""))
    return tuple(found)


def excuses_days(entry: Entry, contract: Contract, period: Period) -> bool:
    """Whether an event excuses some days of a period, and neither the period as a whole nor what
    it names."""
    if entry.kind != "excused_event" or not contract.excusals.by_days:
        return False
    part = entry.start > period.start or entry.end < period.end
    return part and not entry.paths and not entry.chosen


def _why_not(entry: Entry, contract: Contract, period: Period) -> str:
    if entry.kind == "accepted_debt":
        over = entry.end < period.end
        return f"expired on {entry.end}, before the period's last day" if over else ""
    if any(each.indicator.of and entry.acts_on(each) for each in contract.service_levels):
        return ""
    if not entry.paths:
        for key in ("defects", "records", "services"):
            if getattr(entry, key):
                return f"it names {key} only, and no service level counts them"
    if excuses_days(entry, contract, period):
        named = "it names repositories, but days are excused for the whole delivery"
        return named if entry.repositories else ""
    if entry.part_of(period):
        return "it covers a part of the period only, and names no paths"
    return ""


def _beyond(
    ledger: Ledger, limits: ExcusalLimits, period: Period, today: date | None
) -> dict[str, str]:
    """The approved entries that the contract's limits leave no room for, first come, first served.

    The customer's own delays use up no days: he cannot make the supplier fail by them.
    """
    beyond: dict[str, str] = {}
    used: set[date] = set()
    debts = 0
    for entry in ledger.entries:
        if ledger.unsigned(entry, today):
            continue
        if entry.kind == "accepted_debt":
            if entry.touches(period) and entry.end >= period.end:
                debts += 1
                if limits.accepted_debt is not None and debts > limits.accepted_debt:
                    text = f"beyond the contract's limit of {limits.accepted_debt} accepted debts"
                    beyond[entry.id] = text
        elif entry.cause != "customer" and limits.days_per_year is not None:
            more = used | set(entry.days())
            years = Counter(day.year for day in more)
            full = [year for year, days in years.items() if days > limits.days_per_year]
            if full:
                year = min(full)
                beyond[entry.id] = (
                    f"beyond the contract's limit of {limits.days_per_year} excused days in {year}"
                )
            else:
                used = more
    return beyond
