"""The sections of the contract file that judge: service levels, and the rules of the merge gate."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import INDICATORS, Indicator
from quality.contract import values
from quality.contract.section import (
    JSON_IDENTIFIER,
    Identifier,
    OptionalCount,
    OptionalNumber,
    OptionalText,
    Section,
    Whole,
)
from quality.contract.terms_format import BonusSection, CreditSection
from quality.contract.values import known, wrong

IndicatorId = Annotated[
    str,
    AfterValidator(lambda text: known(text, INDICATORS, "indicator")),
    WithJsonSchema({"type": "string", "enum": list(INDICATORS)}),
]


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
