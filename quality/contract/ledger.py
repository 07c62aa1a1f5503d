"""The ledger beside a contract: excused events, accepted debt and credit notes.

``NAME.events.yaml`` is append-only and signed entry by entry. An entry counts only if both parties
approved it, so a supplier can neither stop the clock by his own acts nor by his own word; what
does not count is shown with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from quality.contract.contract import Contract, ExcusalLimits, ServiceLevel
from quality.model.verdict import Period

FORMAT = "workmanship.events/1"
Cause = Literal["customer", "third_party", "force_majeure", "maintenance"]


@dataclass(frozen=True, slots=True)
class Approval:
    """A signature: who approved, and on which day."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Approvals:
    """The signatures of both parties; None: not given."""

    customer: Approval | None
    supplier: Approval | None

    def missing(self, today: date | None) -> str:
        """Why they are not enough on ``today`` (None: whenever); "" if they are."""
        given = {"customer": self.customer, "supplier": self.supplier}
        without = [party for party, approval in given.items() if approval is None]
        if without:
            return f"not approved by the {' and the '.join(without)}"
        for party, approval in given.items():
            if approval and today and approval.on > today:
                return f"approved by the {party} only on {approval.on}"
        names = {approval.name.casefold().strip() for approval in given.values() if approval}
        return "both approvals bear the same name" if len(names) == 1 else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An excused event or accepted debt. Both days belong to it; debt without ``start`` is accepted
    from the contract's start. Empty ``service_levels``, ``repositories``: all of them.

    ``paths``: gitignore patterns; empty: whole repositories. Debt may name one ``rule`` of the
    recipe or one ``function``; else whole files are meant. ``digest`` names the entry's content.
    """

    id: str
    kind: Literal["excused_event", "accepted_debt"]
    cause: Cause | Literal[""]
    start: date | None
    end: date
    service_levels: tuple[str, ...]
    repositories: tuple[str, ...]
    paths: tuple[str, ...]
    defects: tuple[str, ...]
    rule: str
    function: str
    reason: str
    evidence: str
    raised_by: Literal["customer", "supplier"]
    approvals: Approvals
    digest: str

    def acts_on(self, level: ServiceLevel) -> bool:
        """Whether it can move the service level at all."""
        if self.service_levels and level.id not in self.service_levels:
            return False
        if self.defects and not self.paths:
            return False  # the code's indicators know no defects
        if self.rule:
            return level.indicator.debt == "finding"
        return not self.function or level.indicator.debt == "function"

    def in_repository(self, name: str) -> bool:
        """Whether it speaks of the repository."""
        return not self.repositories or name in self.repositories

    def touches(self, period: Period) -> bool:
        """Whether one of its days lies in the period."""
        return self.end >= period.start and (self.start is None or self.start <= period.end)

    def days(self) -> Iterator[date]:
        """Its days, one by one."""
        start = self.start or self.end
        for number in range((self.end - start).days + 1):
            yield start + timedelta(days=number)

    @property
    def what(self) -> str:
        """What it takes out, in words."""
        parts = [
            f"rule {self.rule}" if self.rule else "",
            f"function {self.function}" if self.function else "",
            f"paths {', '.join(self.paths)}" if self.paths else "",
            f"defects {', '.join(self.defects)}" if self.defects else "",
            f"repositories {', '.join(self.repositories)}" if self.repositories else "",
        ]
        return "; ".join(part for part in parts if part) or "the whole delivery"


@dataclass(frozen=True, slots=True)
class Note:
    """A credit note: ``corrects`` is the closed period, ``period`` the later one that books it;
    ``amount`` is positive where the customer is paid."""

    id: str
    period: str
    corrects: str
    amount: Decimal
    reason: str
    evidence: str
    raised_by: Literal["customer", "supplier"]
    approvals: Approvals
    digest: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger in the order it was written. ``digest`` chains the entries' digests; "" where there
    is no ledger."""

    entries: tuple[Entry, ...] = ()
    notes: tuple[Note, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()  # (id, digest) of all, in order
    digest: str = ""


EMPTY = Ledger()


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entry is worth in one period: it counts, or ``why_not`` says why it does not."""

    entry: Entry
    why_not: str


def ledger_path(contract: Path) -> Path:
    """Where a contract's ledger lies: ``acme.contract.yaml`` has ``acme.events.yaml`` beside."""
    return contract.with_name(f"{stem(contract)}.events.yaml")


def stem(contract: Path) -> str:
    """NAME of ``NAME.contract.yaml``, or of any other name that a contract file may have."""
    name = contract.name
    for ending in (".contract.yaml", ".contract.yml", ".yaml", ".yml"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def load_ledger(contracts: Sequence[Contract]) -> Ledger:
    """The ledger of a contract (the first) and its amendments; empty where there is no file
    (ContractError with every problem in it)."""
    path = ledger_path(contracts[0].path)
    if not path.exists():
        return EMPTY
    from quality.contract.ledger_file import read_ledger

    return read_ledger(path, contracts)


def standings(
    ledger: Ledger, contract: Contract, period: Period, today: date | None
) -> tuple[Standing, ...]:
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
            why = entry.approvals.missing(today) or _why_not(entry, period) or beyond.get(entry.id)
            found.append(Standing(entry, why or ""))
    return tuple(found)


def _why_not(entry: Entry, period: Period) -> str:
    if entry.kind == "accepted_debt":
        over = entry.end < period.end
        return f"expired on {entry.end}, before the period's last day" if over else ""
    whole = entry.start is not None and entry.start <= period.start and entry.end >= period.end
    if entry.defects and not entry.paths:
        return "it names defects only, and no service level counts them yet"
    if entry.paths or entry.cause == "customer" or whole:
        return ""
    return "it covers a part of the period only, and names no paths"


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
        if entry.approvals.missing(today):
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
