"""The contract file's format: each section's keys, their types and what they demand of each other.

Field order matters: a validator sees the fields above its own that are valid, so that one wrong
key does not hide what is wrong with the next.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    field_serializer,
    field_validator,
)

from quality.catalogue.recipes import recipe_ids
from quality.contract import values
from quality.contract.contract import FilePatterns
from quality.contract.levels import Gate, Level
from quality.contract.section import Day, Identifier, Number, Section, Text, Whole
from quality.contract.terms_format import (
    ChargesSection,
    ClauseEntry,
    ConsequenceEntry,
    CreditsSection,
    ImprovementSection,
)
from quality.contract.values import known, without_secrets, wrong

Patterns = tuple[Annotated[str, AfterValidator(values.pattern)], ...]
DEFAULT = FilePatterns()


class Head(Section):
    """Who agreed with whom, for how long, and how it is measured."""

    id: Identifier = Field(description="The contract's number, as reports name it")
    customer: Text = Field(description="Who pays")
    supplier: Text = Field(description="Who builds the software")
    starts: Day = Field(description="First day of the term")
    ends: Day = Field(description="Last day of the term")
    period: Literal["quarter", "month"] = Field(description="How often service levels are judged")
    timezone: Annotated[str, AfterValidator(values.timezone)] = Field(
        description="Where a period's last day ends, such as Europe/Berlin"
    )
    recipe: Annotated[
        str,
        AfterValidator(lambda text: known(text, recipe_ids(), "recipe")),
        WithJsonSchema({"type": "string", "enum": list(recipe_ids())}),
    ] = Field(description="The pinned measurement recipe: tools, versions, rule lists")
    minimum_measured: Annotated[
        Number,
        AfterValidator(values.share),
        WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100}),
    ] = Field(
        Decimal(95),
        description="Percent of the production code that must be measured, or values are unknown",
    )

    amends: Annotated[
        Identifier | None,
        WithJsonSchema({"type": "string", "pattern": values.ID_PATTERN, "maxLength": 64}),
    ] = Field(None, description="An amendment: the id of the contract that it amends")
    effective: Annotated[Day | None, WithJsonSchema({"type": "string", "format": "date"})] = Field(
        None,
        validate_default=True,
        description="An amendment: its first day. It judges the periods that begin on or after it",
    )
    dispute_days: Annotated[int | None, WithJsonSchema({"type": "integer", "minimum": 0})] = Field(
        None, description="Days after a period's end in which it may be disputed; by default 30"
    )

    @field_validator("effective")
    @classmethod
    def _of_an_amendment(cls, effective: date | None, info: ValidationInfo) -> date | None:
        if "amends" not in info.data:
            return effective
        if info.data["amends"] is None:
            if effective is not None:
                raise wrong("belongs to an amendment: name the contract in amends: too")
            return None
        if effective is None:
            raise wrong("is missing: an amendment needs its first day")
        ends = info.data.get("ends")
        if ends is not None and effective > ends:
            raise wrong(f"{effective} lies after the end, {ends}: it would never be in force")
        return effective

    @field_validator("dispute_days")
    @classmethod
    def _a_number_of_days(cls, days: int | None) -> int | None:
        return values.days(days)

    @field_validator("ends")
    @classmethod
    def _after_the_start(cls, ends: date, info: ValidationInfo) -> date:
        starts = info.data.get("starts")
        if starts is not None and ends < starts:
            raise wrong(f"{ends} lies before the start, {starts}: exchange or correct the two days")
        return ends


class RepositoryEntry(Section):
    """A repository that the supplier delivers."""

    name: Identifier = Field(description="How reports name the repository")
    url: Annotated[str, AfterValidator(values.repository_url)] = Field(
        description="https://, ssh://, git@host:path, file:// or a path from this file's folder"
    )
    branch: Annotated[str, AfterValidator(values.branch)] = Field(
        description="The branch that is delivered"
    )

    @field_serializer("url")
    def _publishable(self, url: str) -> str:
        return without_secrets(url)


class Files(Section):
    """Which files are not the supplier's production code; gitignore-style patterns."""

    tests: Patterns = Field(default=DEFAULT.tests, description="Test code")
    generated: Patterns = Field(default=DEFAULT.generated, description="Code that a tool writes")
    vendored: Patterns = Field(default=DEFAULT.vendored, description="Code of third parties")


class ExcusalSection(Section):
    """How much the ledger of events and accepted debt may excuse."""

    days_per_year: Whole = Field(
        None,
        description="Days of a calendar year that events may excuse, the customer's delays apart",
    )
    accepted_debt: Whole = Field(
        None, description="Entries of accepted debt that may be in force at once"
    )

    @field_validator("days_per_year", "accepted_debt")
    @classmethod
    def _a_number(cls, number: int | None) -> int | None:
        return values.days(number)


class ContractFile(Section):
    """A contract between a customer and a supplier about the technical quality of software."""

    format: Literal["workmanship.contract/1"] = Field(description="The version of this format")
    contract: Head
    repositories: tuple[RepositoryEntry, ...] = Field(min_length=1)
    files: Files = Files()
    service_levels: tuple[Level, ...] = Field(min_length=1)
    gate: tuple[Gate, ...] = ()
    charges: ChargesSection | None = None
    credits: CreditsSection | None = None
    continuous_improvement: ImprovementSection | None = None
    consequences: tuple[ConsequenceEntry, ...] = ()
    clauses: tuple[ClauseEntry, ...] = ()
    excusals: ExcusalSection | None = Field(
        None, description="How much the ledger NAME.events.yaml may excuse"
    )
