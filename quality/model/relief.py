"""What the ledger does to a period: relief events, accepted debt, credit notes, disputes and other
notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from quality.model.verdict import Measured, Outcome


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved an entry of the ledger for a party, and on which day by his own word."""

    party: str
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What one ledger entry does to one service level: the verdict as it stands, and as it were
    without this entry, the others standing. ``taken`` False: the entry would have made it worse,
    so the verdict stands without any excusal."""

    service_level: str
    measured: Measured | None
    outcome: Outcome
    measured_without: Measured | None
    outcome_without: Outcome
    taken: bool


@dataclass(frozen=True, slots=True)
class ReliefEvent:
    """A ledger entry that concerns a period: an excused event or accepted debt. It counts, and
    ``effects`` says where; or it does not, and ``why_not`` says why."""

    id: str
    kind: Literal["excused_event", "accepted_debt"]
    cause: str
    start: date | None
    end: date
    what: str
    reason: str
    evidence: str
    raised_by: str
    why_not: str
    effects: tuple[Effect, ...] = ()
    amount: Decimal | None = None  # by how much it lowers the period's credit; None: no money
    approved_by: tuple[Approved, ...] = ()
    service_levels: tuple[str, ...] = ()  # whose credits it lowers by its days of the period
    days: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is applied before the evaluation."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class CreditNote:
    """A correction of a closed period, booked in a later one. ``amount`` is in the contract's
    currency: positive is paid to the customer, negative to the supplier. It counts unless
    ``why_not`` says why it does not."""

    id: str
    period: str
    corrects: str
    amount: Decimal
    reason: str
    evidence: str
    why_not: str
    approved_by: tuple[Approved, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiver:
    """What both parties waive for closing a period; ``why_not`` as ever."""

    id: str
    waives: tuple[str, ...]
    reason: str
    why_not: str
    approved_by: tuple[Approved, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A notice of dispute about a period's credits (``service_levels``: (): all).

    The supplier's: ``amount`` of the credit is disputed. The customer's: so much more is claimed.
    ``state``: open; settled, ``agreed`` of it being owed to the customer by ``settled_by``; lapsed,
    for it was not settled by ``lapses``; or "": it does not count, and ``why_not`` says why."""

    id: str
    raised_by: Literal["customer", "supplier"]
    on: date | None
    service_levels: tuple[str, ...]
    amount: Decimal
    state: Literal["open", "settled", "lapsed", ""]
    reason: str
    evidence: str
    why_not: str
    lapses: date | None = None
    agreed: Decimal | None = None
    settled_by: str = ""
    approved_by: tuple[Approved, ...] = ()

    @property
    def adjustment(self) -> Decimal:
        """By how much its settlement changes what goes to the customer."""
        if self.agreed is None:
            return Decimal(0)
        return self.agreed if self.raised_by == "customer" else self.agreed - self.amount


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A notice that concerns a period, and whether it counts (``why_not`` as ever): a claim, a
    choice, an incident with the ``service_levels`` that it failed and its days (``start``,
    ``end``), or the ``allocations`` that a notice set from a day on (``start``). ``on``: the day of
    a notice that one party gave alone."""

    id: str
    kind: Literal["claim", "choice", "incident", "reallocation"]
    on: date | None
    service_levels: tuple[str, ...]
    reason: str
    evidence: str
    why_not: str
    start: date | None = None
    end: date | None = None
    allocations: tuple[tuple[str, Decimal], ...] = ()
    approved_by: tuple[Approved, ...] = ()
