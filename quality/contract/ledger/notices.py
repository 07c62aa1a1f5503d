"""What the parties tell each other in the ledger about a period's money: disputes and how they are
settled, claims of credits, incidents, the customer's choices, and allocations that he sets anew.

A notice counts with the signature of the party that raises it, and its day is that of the
signature; settlements and incidents need both parties'. What follows from them stands in
``disputes`` and ``effects``.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from quality.contract.ledger.entries import Ids, PeriodName, Signed
from quality.contract.periods import calendar_days
from quality.contract.text import values
from quality.contract.text.section import Day, Identifier, Number, Section
from quality.contract.text.values import wrong


class Notice(Signed):
    """What one party says alone."""

    @property
    def given_on(self) -> date | None:
        """The day of the notice; None: who raises it has not signed it."""
        signature = self.approvals.given[self.raised_by]
        return signature.on if signature else None

    def missing(self, today: date | None) -> str:
        """Why it is no notice on ``today`` (None: whenever); "": it is one."""
        on, since = self.given_on, self.approved_since
        if on is None:
            return f"not signed by the {self.raised_by}, who raises it"
        if today and on > today:
            return f"signed by the {self.raised_by} only on {on}"
        if since and on < since:
            return f"signed by the {self.raised_by} on {on}, but it counts from {since} on"
        return ""


class PeriodNotice(Notice):
    """A notice about a period's credits, of some service levels or of ``all`` (empty)."""

    period: PeriodName
    service_levels: Ids

    @property
    def approved_since(self) -> date | None:
        """The day after its period: nobody knows before what it came to."""
        return calendar_days(self.period)[1] + timedelta(days=1)

    def names(self, level: str) -> bool:
        """Whether it speaks of a service level; "": of the service points of all."""
        return not self.service_levels or level in self.service_levels


def _above(value: object) -> Decimal:
    exact = values.money(value)
    if exact == 0:
        raise wrong("is 0: leave it out, or say how much")
    return exact


class Dispute(PeriodNotice):
    """A notice of dispute. The supplier's is about what of the credit he does not owe (by default
    all of it); the customer's about how much more is owed."""

    kind: Literal["dispute"]
    amount: Annotated[Decimal, BeforeValidator(_above)] | None = Field(None, validate_default=True)

    @field_validator("amount", mode="after")
    @classmethod
    def _how_much_more(cls, amount: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if amount is None and info.data.get("raised_by") == "customer":
            raise wrong("is missing: say how much more the customer claims")
        return amount


class Settlement(Signed):
    """How both parties settle a dispute: ``amount`` of what is disputed is owed to the customer."""

    kind: Literal["settlement"]
    settles: Identifier
    amount: Annotated[Decimal, BeforeValidator(values.money)]


class _Customers(Notice):
    raised_by: Literal["customer"]

    @field_validator("raised_by", mode="before")
    @classmethod
    def _his_alone(cls, party: object) -> object:
        if party == "supplier":
            raise wrong("this is the customer's to say: raised_by: customer")
        return party


class Claim(_Customers, PeriodNotice):
    """The customer claims the credits of a period, where the contract says that they lapse else
    (``credits.claim_days``)."""

    kind: Literal["claim"]


class Choice(_Customers, PeriodNotice):
    """The service level whose credit the customer chooses, of those that one event failed."""

    kind: Literal["choice"]

    @field_validator("service_levels")
    @classmethod
    def _one(cls, levels: tuple[str, ...]) -> tuple[str, ...]:
        if len(levels) != 1:
            raise wrong("must name one service level: the one to be credited")
        return levels


class Incident(Signed):
    """An incident that failed several service levels at once, as both parties declare. Both days
    belong to it."""

    kind: Literal["incident"]
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    service_levels: Ids

    @field_validator("end")
    @classmethod
    def _after_the_start(cls, end: date, info: ValidationInfo) -> date:
        start = info.data.get("start")
        if start is not None and end < start:
            raise wrong(f"{end} lies before its first day, {start}: swap the two days")
        return end

    @property
    def approved_since(self) -> date | None:
        """Its first day: nobody knows before that what happened."""
        return self.start


class Allocated(Section):
    """A service level and its new allocation."""

    service_level: Identifier
    allocation: Number


class Reallocation(_Customers):
    """New allocations, which the customer sets by notice (``credits.reweighting``)."""

    kind: Literal["reallocation"]
    effective: Day
    allocations: tuple[Allocated, ...] = Field(min_length=1)
