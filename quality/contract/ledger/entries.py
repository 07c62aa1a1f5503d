"""The entries of a ledger: excused events, accepted debt, credit notes and how periods are closed;
checked and frozen."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from quality.contract.periods import calendar_days
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.repositories import Patterns
from quality.contract.text import references, values
from quality.contract.text.people import signature, whose
from quality.contract.text.section import Day, Identifier, Prose, Section, Text
from quality.contract.text.values import shown, wrong
from quality.errors import UsageError
from quality.model.verdict import Period

Waived = Literal["dispute_window", "measurement"]
Cause = Literal["customer", "third_party", "force_majeure", "maintenance"]
_LARGEST = Decimal(1_000_000_000_000)


def _ids(value: object) -> tuple[str, ...]:
    """``all``, or a list of ids; all is () from here on."""
    if value == "all":
        return ()
    if not isinstance(value, tuple) or not value or not all(isinstance(v, str) for v in value):
        raise wrong("must be the word all, or a list of ids such as [TQ-1, TQ-2]")
    return tuple(values.identifier(each) for each in value)


def _amount(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise wrong("must be an amount such as 2400.00 or -150, without a currency")
    exact = Decimal(value)
    places = exact.as_tuple().exponent
    if not exact.is_finite() or abs(exact) > _LARGEST or (isinstance(places, int) and places < -4):
        raise wrong("must be an amount with at most 4 decimals")
    if exact == 0:
        raise wrong("is 0: a credit note corrects something")
    return exact


def _period(text: str) -> str:
    try:
        calendar_days(text)
    except UsageError:
        raise wrong(
            f"{shown(text)} is not a period: write 2026-Q1 for a quarter or 2026-01 for a month"
        ) from None
    return text.upper()


Ids = Annotated[tuple[str, ...], BeforeValidator(_ids)]
PeriodName = Annotated[str, AfterValidator(_period)]
Signature = Annotated[Text, AfterValidator(signature)]


class Approval(Section):
    """A signature: who approved an entry for a party, and on which day."""

    name: Signature
    on: Day = Field(alias="date")


class Approvals(Section):
    """The signatures of both parties; an entry counts only with both."""

    customer: Approval | None = None
    supplier: Approval | None = None

    @property
    def given(self) -> dict[str, Approval | None]:
        """The signatures by party."""
        return {"customer": self.customer, "supplier": self.supplier}

    def missing(self, today: date | None, since: date | None = None) -> str:
        """Why they are not enough on ``today`` (None: whenever), given ``since`` the day on which
        there was something to approve (None: it may be approved ahead); "" if they are."""
        given = self.given
        without = [party for party, approval in given.items() if approval is None]
        if without:
            return f"not approved by the {' and the '.join(without)}"
        for party, approval in given.items():
            if approval and today and approval.on > today:
                return f"approved by the {party} only on {approval.on}"
            if approval and since and approval.on < since:
                return f"approved by the {party} on {approval.on}, but it counts from {since} on"
        names = {whose(approval.name) for approval in given.values() if approval}
        return "both approvals bear the same name" if len(names) == 1 else ""


class Signed(Section):
    """What every entry of a ledger says."""

    id: Identifier
    kind: str
    reason: Prose
    evidence: Prose = ""
    raised_by: Literal["customer", "supplier"]
    approvals: Approvals = Field(Approvals(), alias="approved_by")

    @property
    def approved_since(self) -> date | None:
        """The first day on which an approval counts; None: it may be approved ahead."""
        return None

    def missing(self, today: date | None) -> str:
        """Why its approvals are not enough on ``today`` (None: whenever); "" if they are."""
        return self.approvals.missing(today, self.approved_since)


class _Relief(Signed):
    start: Day | None = Field(None, alias="from")
    end: Day
    service_levels: Ids = ()
    repositories: Ids = ()
    paths: Patterns = ()

    @field_validator("end", check_fields=False)
    @classmethod
    def _after_the_start(cls, end: date, info: ValidationInfo) -> date:
        start = info.data.get("start")
        if start is not None and end < start:
            raise wrong(f"{end} lies before its first day, {start}: swap or correct the two days")
        return end

    def names(self, level: ServiceLevel) -> bool:
        """Whether it speaks of the service level."""
        return not self.service_levels or level.id in self.service_levels

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


class Event(_Relief):
    """An event that the supplier does not answer for. Both days belong to it; empty
    ``service_levels``, ``repositories``: all of them; empty ``paths``: whole repositories."""

    kind: Literal["excused_event"]
    cause: Cause
    start: Day = Field(alias="from")
    end: Day = Field(alias="to")
    service_levels: Ids
    defects: tuple[Text, ...] = ()
    records: tuple[Text, ...] = Field((), description="Tickets or outages, by their ids")
    services: tuple[Text, ...] = ()
    rule: ClassVar[str] = ""
    function: ClassVar[str] = ""

    @field_validator("cause", mode="before")
    @classmethod
    def _of_somebody_else(cls, cause: object) -> object:
        if cause == "supplier":
            raise wrong("the supplier's own acts excuse nothing: no such cause is possible")
        return cause

    @property
    def approved_since(self) -> date | None:
        """Its first day: nobody knows before that what happened."""
        return self.start

    def acts_on(self, level: ServiceLevel) -> bool:
        """Whether it can move the service level at all: the code's indicators know no records, and
        records no paths and no repositories."""
        kind = level.indicator.of
        if not kind:
            return self.names(level) and (bool(self.paths) or not self.chosen)
        if self.paths or self.repositories:
            return False
        if kind == "outages" and self.services and level.service not in self.services:
            return False
        return self.names(level) and (
            not self.chosen or bool(self.ids(kind)) or (kind == "outages" and bool(self.services))
        )

    @property
    def chosen(self) -> bool:
        """Whether it speaks of some records, and not of its days."""
        return bool(self.defects or self.records or self.services)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The records of a kind that it names."""
        return (*self.defects, *self.records) if kind == "defects" else self.records

    def part_of(self, period: Period) -> bool:
        """Whether it leaves a part of the period to the supplier, and says of no code that it
        excuses."""
        whole = self.start <= period.start and self.end >= period.end
        return not (self.paths or self.cause == "customer" or whole)


class Debt(_Relief):
    """A shortcoming that both parties accept until a day, from the contract's start where it names
    no first day. It may name one ``rule`` of the recipe or one ``function``; else whole files are
    meant."""

    kind: Literal["accepted_debt"]
    end: Day = Field(alias="until")
    paths: Patterns = Field(min_length=1)
    rule: str = ""
    function: Text = ""
    cause: ClassVar[Literal[""]] = ""
    defects: ClassVar[tuple[str, ...]] = ()
    records: ClassVar[tuple[str, ...]] = ()
    services: ClassVar[tuple[str, ...]] = ()

    @field_validator("rule")
    @classmethod
    def _of_the_recipe(cls, rule: str, info: ValidationInfo) -> str:
        if rule in {"errors", "warnings"}:
            raise wrong("must be one rule, such as W0612: accept each debt by itself")
        return references.recipe_rule(rule, info) if rule else rule

    @field_validator("function")
    @classmethod
    def _instead_of_a_rule(cls, function: str, info: ValidationInfo) -> str:
        if function and info.data.get("rule"):
            raise wrong("stands beside rule: accept one of the two in an entry of its own")
        return function

    def acts_on(self, level: ServiceLevel) -> bool:
        """Whether it can move the service level at all."""
        owes = "finding" if self.rule else "function" if self.function else level.indicator.debt
        counted = level.indicator.basis == "content"
        return counted and self.names(level) and level.indicator.debt == owes

    def part_of(self, _: Period) -> bool:
        """Never: it names code."""
        return False


Entry = Event | Debt


def what(entry: Entry) -> str:
    """What an entry takes out, in words."""
    one = {"rule": entry.rule, "function": entry.function}
    parts = [f"{key} {name}" for key, name in one.items() if name]
    for key in ("paths", "defects", "records", "services", "repositories"):
        if names := getattr(entry, key):
            parts.append(f"{key} {', '.join(names)}")
    return "; ".join(parts) or "the whole delivery"


class Note(Signed):
    """A credit note: a correction of a closed period, booked in a later one. ``amount`` is
    positive where the customer is paid."""

    kind: Literal["credit_note"]
    corrects: PeriodName
    period: PeriodName
    amount: Annotated[Decimal, BeforeValidator(_amount)]

    @field_validator("period")
    @classmethod
    def _later(cls, period: str, info: ValidationInfo) -> str:
        corrects = info.data.get("corrects")
        if corrects and ("Q" in corrects) == ("Q" in period) and period <= corrects:
            raise wrong(f"{period} must come after {corrects}, the period that it corrects")
        return period

    @property
    def approved_since(self) -> date | None:
        """The day after the period that it corrects."""
        return calendar_days(self.corrects)[1] + timedelta(days=1)


class Closing(Signed):
    """How both parties agree to close a period: without waiting for its dispute window, or although
    something of it is not measured."""

    kind: Literal["closing"]
    period: PeriodName
    waives: tuple[Waived, ...] = Field(min_length=1)

    @property
    def approved_since(self) -> date | None:
        """The day after the period: nobody knows before what he waives."""
        return calendar_days(self.period)[1] + timedelta(days=1)
