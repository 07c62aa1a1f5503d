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

from quality import contract_values as values
from quality.contract import FilePatterns
from quality.contract_section import (
    JSON_IDENTIFIER,
    Day,
    Identifier,
    Number,
    OptionalCount,
    OptionalNumber,
    OptionalText,
    Section,
    Text,
    Whole,
)
from quality.contract_values import known, without_secrets, wrong
from quality.gate_rules import GATE_RULES
from quality.indicators import INDICATORS, Indicator
from quality.recipe import recipe_ids
from quality.terms_format import (
    BonusSection,
    ChargesSection,
    ClauseEntry,
    ConsequenceEntry,
    CreditSection,
    CreditsSection,
    ImprovementSection,
)

Patterns = tuple[Annotated[str, AfterValidator(values.pattern)], ...]
IndicatorId = Annotated[
    str,
    AfterValidator(lambda text: known(text, INDICATORS, "indicator")),
    WithJsonSchema({"type": "string", "enum": list(INDICATORS)}),
]
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


class Level(Section):
    """A service level: what is measured, what is expected, and the worst that is tolerated."""

    id: Identifier = Field(description="The service level's number, as reports name it")
    name: OptionalText = Field(None, description="A heading; by default the indicator's title")
    indicator: IndicatorId = Field(description="What is measured")
    level_class: Literal["critical", "key"] = Field(
        alias="class", description="critical: counts; key: is measured and reported only"
    )
    above: Whole = Field(None, validate_default=True, description="The indicator's own limit")
    lines: Whole = Field(
        None, validate_default=True, description="How many equal lines are a duplicate"
    )
    expected: OptionalNumber = Field(
        None, validate_default=True, description="The value to reach; by default the minimum"
    )
    minimum: OptionalNumber = Field(
        None, validate_default=True, description="The worst value that is still tolerated"
    )
    scope: Literal["contract", "each-repository"] = Field(
        "contract", description="Judge all repositories together, or each by itself"
    )
    minimum_sample: OptionalCount = Field(
        None, description="Below so many items in the denominator the value is unknown"
    )
    allocation: OptionalNumber = Field(
        None, description="Its credit: percent of the at-risk amount, or of the pool named below"
    )
    pool: Annotated[Identifier | None, JSON_IDENTIFIER] = Field(
        None, description="The pool of charges.pools that the allocation is a percentage of"
    )
    credit: CreditSection | None = Field(
        None, description="Its credit, where it is no allocation of the at-risk amount"
    )
    bonus: BonusSection | None = Field(None, description="What a better value earns")
    event_group: Annotated[Identifier | None, JSON_IDENTIFIER] = Field(
        None, description="Service levels of one group fail by one event (credits.single_event)"
    )
    clause: OptionalText = Field(None, description="Where it stands in the signed contract")

    @field_validator("level_class")
    @classmethod
    def _may_carry_money(cls, level_class: str, info: ValidationInfo) -> str:
        indicator = _indicator(info)
        if indicator and indicator.key_only and level_class == "critical":
            why = (
                "a size is neither good nor bad"
                if indicator.good == "none"
                else "its value is too easily moved for money to hang on it"
            )
            raise wrong(f"{indicator.id} can only be class key: {why}")
        return level_class

    @field_validator("minimum_sample")
    @classmethod
    def _has_a_sample(cls, value: int | None, info: ValidationInfo) -> int | None:
        indicator = _indicator(info)
        if value is not None and indicator and indicator.combine != "sum":
            raise wrong(f"does not belong to {indicator.id}: it is no ratio")
        return value

    @field_validator("above", "lines")
    @classmethod
    def _fits_the_indicator(cls, value: int | None, info: ValidationInfo) -> int | None:
        return _parameter(value, info)

    @field_validator("expected", "minimum")
    @classmethod
    def _can_be_reached(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        indicator = _indicator(info)
        if value is None or indicator is None:
            return value
        if indicator.good == "none":
            raise wrong(f"{indicator.id} is neither good nor bad: remove this line")
        if indicator.unit == "percent" and not indicator.id.endswith(".ratio"):
            values.share(value)
        return value

    @field_validator("minimum")
    @classmethod
    def _on_the_right_side(cls, minimum: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if minimum is None:
            indicator = _indicator(info)
            judged = indicator is None or not indicator.key_only
            if info.data.get("level_class") == "critical" and judged:
                raise wrong("is missing: a critical service level needs the worst tolerated value")
            return None
        indicator, expected = _indicator(info), info.data.get("expected")
        if indicator is None or expected is None:
            return minimum
        low = indicator.good == "low"
        if minimum < expected if low else minimum > expected:
            raise wrong(
                f"{minimum} is better than expected ({expected}): {indicator.good} is good for "
                f"{indicator.id}, so the worst tolerated value is {expected} or "
                f"{'more' if low else 'less'}"
            )
        return minimum


class Gate(Section):
    """A rule of the merge gate: what a change must keep to before it is merged."""

    id: Identifier = Field(description="The rule's number, as results name it")
    rule: Annotated[
        str,
        AfterValidator(lambda text: known(text, GATE_RULES, "gate rule")),
        WithJsonSchema({"type": "string", "enum": list(GATE_RULES)}),
    ] = Field(description="What is judged")
    reason: OptionalText = Field(None, description="Why the customer asks for it")
    at_most: OptionalNumber = Field(None, validate_default=True, description="The limit")
    at_least: OptionalNumber = Field(None, validate_default=True, description="The limit")
    rules: tuple[Annotated[str, AfterValidator(values.recipe_rule)], ...] = Field(
        (), description="findings.new: ids of the recipe's rules, or errors, or warnings"
    )
    indicator: Annotated[
        IndicatorId | None, WithJsonSchema({"type": "string", "enum": list(INDICATORS)})
    ] = Field(None, validate_default=True, description="no_worse: what must not get worse")
    above: Whole = Field(None, validate_default=True, description="The indicator's own limit")
    lines: Whole = Field(None, validate_default=True, description="The indicator's window")

    @field_validator("at_most", "at_least")
    @classmethod
    def _the_threshold(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        kind = GATE_RULES.get(info.data.get("rule", ""))
        if kind is None:
            return value
        if info.field_name != kind.threshold:
            if value is None:
                return None
            other = f"use {kind.threshold}" if kind.threshold else "it takes no limit"
            raise wrong(f"does not belong to {kind.id}: {other}")
        if value is None:
            if kind.default is None:
                raise wrong(f"is missing: {kind.id} needs its limit")
            return Decimal(kind.default)
        if kind.number == "whole" and value != int(value):
            raise wrong(f"{value} is no whole number, and {kind.id} counts")
        return values.share(value) if kind.number == "share" else value

    @field_validator("rules")
    @classmethod
    def _of_findings_new(cls, rules: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        rule = info.data.get("rule")
        if rule is not None and rule != "findings.new":
            raise wrong(f"does not belong to {rule}: only findings.new takes rules")
        if not rules:
            raise wrong("is empty: name a rule, or remove this line to mean all")
        return rules

    @field_validator("indicator")
    @classmethod
    def _of_no_worse(cls, indicator: str | None, info: ValidationInfo) -> str | None:
        rule = info.data.get("rule")
        if rule == "no_worse":
            if indicator is None:
                raise wrong("is missing: no_worse needs to know what must not get worse")
            if INDICATORS[indicator].good == "none":
                raise wrong(f"{indicator} is neither good nor bad: it cannot get worse")
        elif rule is not None and indicator is not None:
            raise wrong(f"does not belong to {rule}: only no_worse takes an indicator")
        return indicator

    @field_validator("above", "lines")
    @classmethod
    def _fits_the_indicator(cls, value: int | None, info: ValidationInfo) -> int | None:
        rule = info.data.get("rule")
        if value is not None and rule not in {None, "no_worse"}:
            raise wrong(f"does not belong to {rule}: use {GATE_RULES[rule].threshold}")
        return _parameter(value, info)


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


def _indicator(info: ValidationInfo) -> Indicator | None:
    return INDICATORS.get(info.data.get("indicator") or "")


def _parameter(value: int | None, info: ValidationInfo) -> int | None:
    """An indicator's own number; None where it has none (another parameter, or unknown)."""
    indicator = _indicator(info)
    if indicator is None:
        return value
    wanted = indicator.parameter
    if wanted is None or wanted.name != info.field_name:
        if value is None:
            return None
        instead = f"it takes {wanted.name}" if wanted else "it takes no parameter"
        raise wrong(f"does not belong to {indicator.id}: {instead}")
    value = wanted.default if value is None else value
    if value is None:
        raise wrong(f"is missing: {indicator.id} needs its limit, a whole number")
    if value < wanted.at_least:
        raise wrong(f"{value} is too low: {indicator.id} takes {wanted.at_least} or more")
    return value
