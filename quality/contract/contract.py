"""The contract: its sections as they are agreed, checked and frozen, and as the program knows them.

Field order matters: a validator sees the fields above its own that are valid, so that one wrong
key does not hide what is wrong with the next.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from quality.catalogue.recipes import PYTHONS, recipe_ids
from quality.catalogue.tools import RUNNING
from quality.contract.sections.baselines import Baseline
from quality.contract.sections.calendars import Calendar
from quality.contract.sections.charges import Charges
from quality.contract.sections.defects import Defects
from quality.contract.sections.framework import Framework
from quality.contract.sections.gate_rules import GateRule
from quality.contract.sections.ledger_rules import (
    Approvers,
    ClosingRules,
    ExcusalLimits,
    Signature,
    SigningKeys,
)
from quality.contract.sections.levels import ServiceLevel
from quality.contract.sections.parties import Provider, owned
from quality.contract.sections.record_sources import RecordSource
from quality.contract.sections.repositories import FilePatterns, Patterns, Repository
from quality.contract.sections.services import Service
from quality.contract.sections.sources import CoverageSource, FindingsSource, Source
from quality.contract.sections.support import Support
from quality.contract.sections.terms import Clause, CreditRules, Improvement, Trigger
from quality.contract.text import references
from quality.contract.text.section import (
    Day,
    Days,
    Identifier,
    Section,
    Share,
    one_of,
    optional,
)
from quality.contract.text.values import known, shown, wrong
from quality.model.closing import PARTIES, Party
from quality.model.reports import SectionName

DISPUTE_DAYS = 30
LATE_READING_DAYS = 14


def _recipe(text: str) -> str:
    return known(text, recipe_ids(), "recipe")


def _python(text: str) -> str:
    if text not in PYTHONS:  # no guess: two versions differ by a digit, and by a grammar
        raise wrong(f"{shown(text)} measures nothing here; use one of {', '.join(PYTHONS)}")
    return text


class Head(Section):
    """Who agreed with whom, for how long, and how it is measured. Both days belong to the term."""

    id: Identifier = Field(description="The contract's number, as reports name it")
    customer: Signature = Field(description="Who pays")
    supplier: Signature = Field(description="Who builds the software")
    starts: Day = Field(description="First day of the term")
    ends: Day = Field(description="Last day of the term")
    period: Literal["quarter", "month"] = Field(description="How often service levels are judged")
    timezone: Annotated[str, AfterValidator(references.timezone)] = Field(
        description="The time zone in which periods begin and end, such as Europe/Berlin"
    )
    recipe: Annotated[str, AfterValidator(_recipe), one_of(recipe_ids())] = Field(
        description="The pinned measurement recipe: tools, versions, rule lists"
    )
    python: Annotated[str, AfterValidator(_python), one_of(PYTHONS)] = Field(
        "", description="The pinned minor version of the Python that measures; by default any"
    )
    minimum_measured: Share = Field(
        Decimal(95),
        description="Percent of the production code that must be measured, or values are unknown",
    )

    unmeasured: Annotated[Literal["failed", "unknown"] | None, one_of(("failed", "unknown"))] = (
        optional(
            "The outcome of a service level that the supplier made unknown, by code that nobody "
            "can read or a repository that he took away; by default unknown"
        )
    )
    amends: Identifier = Field(
        "", description="An amendment: the id of the contract that it amends"
    )
    effective: Day | None = optional(
        "An amendment: its first day. It judges the periods that begin on or after it",
        validate_default=True,
    )
    stated_dispute_days: Days | None = optional(
        "Days after a period's end in which it may be disputed; by default 30", alias="dispute_days"
    )
    stated_late_reading_days: Days | None = optional(
        "Days after a period's end in which the repositories must be read; by default 14",
        alias="late_reading_days",
    )

    settle_days: Days | None = optional(
        "Days after a notice of dispute in which it must be settled, or it lapses"
    )

    @field_validator("effective")
    @classmethod
    def _of_an_amendment(cls, effective: date | None, info: ValidationInfo) -> date | None:
        amends, ends = info.data.get("amends"), info.data.get("ends")
        if effective is None and amends:
            raise wrong("is missing: an amendment needs its first day")
        if effective and amends == "":
            raise wrong("belongs to an amendment: name the contract in amends: too")
        if effective and amends and ends and effective > ends:
            raise wrong(f"{effective} lies after the end, {ends}: it would never be in force")
        return effective

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: date, info: ValidationInfo) -> date:
        starts = info.data.get("starts")
        if starts and ends < starts:
            raise wrong(f"{ends} lies before the start, {starts}: swap or correct the two days")
        return ends

    @property
    def measured_by(self) -> tuple[str, str]:
        """The recipe's id and the minor version of Python, as ``load_recipe`` takes them."""
        return self.recipe, self.python or RUNNING

    @property
    def late_reading_days(self) -> int:
        """How many days after a period's end a first reading is no longer in time."""
        stated = self.stated_late_reading_days
        return LATE_READING_DAYS if stated is None else stated

    @property
    def dispute_days(self) -> int:
        """For how many days after a period's end it may be disputed."""
        return DISPUTE_DAYS if self.stated_dispute_days is None else self.stated_dispute_days


class _Opening(Section):
    format: Literal["workmanship.contract/1"] = Field(description="The version of this format")
    contract: Head


class Agreement(Section):
    """What is agreed: what is delivered, how it is judged, and what follows."""

    repositories: tuple[Repository, ...] = Field((), min_length=1)
    baseline: Baseline | None = optional(
        "The code that was taken over: what is new since is judged by itself"
    )
    files: FilePatterns = FilePatterns()
    findings: tuple[FindingsSource, ...] = ()
    coverage: tuple[CoverageSource, ...] = ()
    records: tuple[RecordSource, ...] = Field((), alias="sources")
    calendars: tuple[Calendar, ...] = ()
    stated_parties: tuple[Provider, ...] | None = optional(
        "Who works on which queues and runs which services, where several do", alias="parties"
    )
    support: Support | None = optional("How tickets are judged: statuses, calendars, policies")
    services: tuple[Service, ...] = ()
    defects: Defects | None = optional("Which defects count, and how grave they are")
    service_levels: tuple[ServiceLevel, ...] = Field(min_length=1)
    gate: tuple[GateRule, ...] = ()
    charges: Charges | None = None
    framework: Framework | None = optional(
        "The framework agreement whose cap its credits share with other contracts'"
    )
    stated_credits: CreditRules | None = Field(None, alias="credits")
    continuous_improvement: Improvement | None = None
    consequences: tuple[Trigger, ...] = ()
    clauses: tuple[Clause, ...] = ()
    stated_excusals: ExcusalLimits | None = optional(
        "How much the ledger NAME.events.yaml may excuse", alias="excusals"
    )

    approvers: Approvers | None = optional("Who may approve entries of the ledger, by party")
    signing_keys: SigningKeys | None = optional("Whose key signs evidence, by party")
    closing: ClosingRules | None = optional("What closing a period demands")

    def may_approve(self, party: str) -> tuple[str, ...]:
        """Who may approve for a party; (): whoever signs."""
        named: tuple[str, ...] = getattr(self.approvers, party, ())
        return named

    def party_of(self, key: str) -> Party:
        """Whose a key is that signs evidence; "": the contract does not say."""
        named = {each: getattr(self.signing_keys, each, ()) for each in PARTIES}
        return next((party for party, known in named.items() if key in known), "")

    @property
    def credits(self) -> CreditRules:
        """The rules for all credits."""
        return self.stated_credits or CreditRules()

    @property
    def excusals(self) -> ExcusalLimits:
        """How much the ledger may excuse."""
        return self.stated_excusals or ExcusalLimits()

    @property
    def has_terms(self) -> bool:
        """Whether it has a commercial side: money, or consequences without money."""
        sections = (self.charges, self.stated_credits, self.continuous_improvement)
        return (
            any(each is not None for each in sections)
            or bool(self.consequences or self.clauses)
            or any(level.has_terms for level in self.service_levels)
        )

    def sources(self, section: SectionName) -> tuple[Source, ...]:
        """The sources of reports of a section."""
        return self.findings if section == "findings" else self.coverage

    def kept_in(self, kinds: Sequence[str]) -> tuple[RecordSource, ...]:
        """The sources of some kinds of records."""
        return tuple(each for each in self.records if each.kind in kinds)

    @property
    def parties(self) -> tuple[Provider, ...]:
        """The parties between which the work is divided; (): it is not."""
        return self.stated_parties or ()

    def owned(self, party: str) -> tuple[Patterns, ...]:
        """Whose code a service level with a party counts; (): all of it."""
        return owned(self.parties, party) if party else ()

    @property
    def served(self) -> tuple[Service, ...]:
        """The services that are judged, those without terms of their own included."""
        stated = {each.name: each for each in self.services}
        named = dict.fromkeys(each.service for each in self.service_levels if each.service)
        return tuple(stated.get(name) or Service(name=name) for name in named)

    def calendar(self, name: str) -> tuple[Calendar, ...]:
        """The versions of a calendar; "": it has none, all hours count."""
        return tuple(each for each in self.calendars if each.name == name)

    def repository(self, name: str) -> Repository:
        """The repository of a name that the contract has."""
        return next(each for each in self.repositories if each.name == name)

    def baseline_of(self, repository: Repository) -> Baseline | None:
        """What the code of a repository is compared with; None: nothing is."""
        return repository.baseline or self.baseline

    def level(self, service_level: str) -> ServiceLevel | None:
        """The service level of an id; None: it has none such."""
        return next((each for each in self.service_levels if each.id == service_level), None)


class ContractFile(Agreement, _Opening):
    """A contract between a customer and a supplier about the technical quality of software."""


class Contract(Agreement, Head):
    """A contract, one a supplier: its head, all that is agreed, and where it stands.

    ``digest`` names what was agreed, see ``file``; ``stated`` is what stands in the file, key by
    key. ``charges`` say what an amount pays for.
    """

    path: Path
    digest: str
    stated: tuple[tuple[str, str], ...] = ()

    def fails_without(self, source: Source | RecordSource) -> bool:
        """Whether a service level without a source's report or records is failed, and not
        unknown."""
        if source.stated_missing:
            return source.stated_missing == "failed"
        return source.declared_by == "supplier" and self.unmeasured == "failed"
