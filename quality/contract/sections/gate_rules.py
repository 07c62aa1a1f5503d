"""The rules of the merge gate, as a contract states them."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from quality.catalogue.gate_rules import GATE_RULES
from quality.catalogue.indicators import Indicator
from quality.contract.sections import measured
from quality.contract.sections.measured import (
    MeasuredIndicator,
    Parameters,
    parameter,
    parameters_of,
)
from quality.contract.text import references, values
from quality.contract.text.section import (
    Identifier,
    Number,
    Section,
    Text,
    Whole,
    one_of,
    optional,
)
from quality.contract.text.values import known, wrong
from quality.model.gate import GateRuleKind
from quality.model.recipe import Severity

Chosen = tuple[str | int, ...]


def _known(text: str) -> str:
    return known(text, GATE_RULES, "gate rule")


class GateRule(Section):
    """A rule of the merge gate: what a change must keep to before it is merged.

    It has the one threshold that its kind takes. ``rules``: ids of the recipe's rules, or its lists
    "errors" and "warnings"; empty means both lists. Of these count the findings of the given
    ``severity``, ``cwe`` and ``language``; empty means all.
    """

    id: Identifier = Field(description="The rule's number, as results name it")
    rule: Annotated[str, AfterValidator(_known), one_of(GATE_RULES)] = Field(
        description="What is judged"
    )
    reason: Text = Field("", description="Why the customer asks for it")
    at_most: Number | None = optional("The limit", validate_default=True)
    at_least: Number | None = optional("The limit", validate_default=True)
    rules: tuple[Annotated[str, AfterValidator(references.recipe_rule)], ...] = Field(
        (), description="findings.new: ids of the recipe's rules, or errors, or warnings"
    )
    severity: tuple[Severity, ...] = Field(
        (), description="findings.new, security.new: those that count; by default all"
    )
    cwe: tuple[Annotated[int, AfterValidator(references.weakness)], ...] = Field(
        (), description="findings.new, security.new: the weaknesses that count, by their CWE"
    )
    touched: Literal["no_worse", "limit"] = Field(
        "no_worse",
        description="function.*: what a function that was over the limit before must keep to when "
        "the change touches it",
    )
    indicator: MeasuredIndicator | None = optional(
        "no_worse: what must not get worse", validate_default=True
    )
    above: Whole | None = optional("The indicator's own limit", validate_default=True)
    lines: Whole | None = optional("The indicator's window", validate_default=True)
    language: Text = Field("", description="The one language in which it counts; by default all")

    @field_validator("at_most", "at_least")
    @classmethod
    def _the_threshold(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        kind = _kind(info)
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
            raise wrong(f"{value} is not a whole number, and {kind.id} counts")
        return values.share(value) if kind.number == "share" else value

    @field_validator("rules", "severity", "cwe")
    @classmethod
    def _the_chosen(cls, chosen: Chosen, info: ValidationInfo) -> Chosen:
        _takes(str(info.field_name), info)
        if not chosen:
            raise wrong("is empty: name one, or remove this line to mean all")
        return chosen

    @field_validator("touched")
    @classmethod
    def _of_functions(
        cls, touched: Literal["no_worse", "limit"], info: ValidationInfo
    ) -> Literal["no_worse", "limit"]:
        _takes("touched", info)
        return touched

    @field_validator("indicator")
    @classmethod
    def _the_compared(cls, indicator: Indicator | None, info: ValidationInfo) -> Indicator | None:
        kind = _kind(info)
        if indicator is not None:
            _takes("indicator", info)
            if indicator.of:
                raise wrong(f"{indicator.id} counts records, and a change is code")
            if indicator.records:
                raise wrong(f"{indicator.id} counts reports, and a change comes without them")
            if indicator.good == "none":
                raise wrong(f"{indicator.id} is neither good nor bad: it cannot get worse")
            if indicator.since:
                raise wrong(f"{indicator.id} compares with the baseline, and a merge with its base")
        elif kind and "indicator" in kind.takes:
            raise wrong(f"is missing: {kind.id} needs to know what must not get worse")
        return indicator

    @field_validator("above", "lines")
    @classmethod
    def _fits_the_indicator(cls, value: int | None, info: ValidationInfo) -> int | None:
        kind = _kind(info)
        if value is not None and kind and "indicator" not in kind.takes:
            raise wrong(f"does not belong to {kind.id}: use {kind.threshold}")
        return parameter(value, info)

    @field_validator("language")
    @classmethod
    def _is_searched(cls, value: str, info: ValidationInfo) -> str:
        kind = _kind(info)
        if kind and "language" in kind.takes:
            return measured.searched(value, info)
        return measured.language(value, info)

    @property
    def kind(self) -> GateRuleKind:
        """Its row in the catalogue."""
        return GATE_RULES[self.rule]

    @property
    def parameters(self) -> Parameters:
        """The indicator's own numbers and words, complete, or what of all findings counts."""
        chosen = (("severity", ", ".join(self.severity)), ("cwe", ", ".join(map(str, self.cwe))))
        named = tuple((key, words) for key, words in chosen if words)
        return (
            *parameters_of(above=self.above, lines=self.lines, language=self.language),
            *named,
        )


def _kind(info: ValidationInfo) -> GateRuleKind | None:
    return GATE_RULES.get(info.data.get("rule", ""))


def _takes(key: str, info: ValidationInfo) -> None:
    """Refuse a key that the rule does not take."""
    kind = _kind(info)
    if kind and key not in kind.takes:
        others = " or ".join(each.id for each in GATE_RULES.values() if key in each.takes)
        what = f"an {key}" if key == "indicator" else key
        raise wrong(f"does not belong to {kind.id}: only {others} takes {what}")
