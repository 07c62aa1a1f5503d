"""Service levels: what is measured, expected and tolerated, and what a failure costs."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from quality.contract.sections import measured
from quality.contract.sections.measured import (
    MeasuredIndicator,
    Parameters,
    indicator_of,
    parameter,
    parameters_of,
)
from quality.contract.sections.terms import BonusRule, CreditRule, Shared, Suspension
from quality.contract.text import values
from quality.contract.text.section import (
    Count,
    Identifier,
    Number,
    Section,
    Text,
    Whole,
    one_of,
    optional,
)
from quality.contract.text.values import known, wrong
from quality.model.reports import GRADES

ALLOCATED = CreditRule.model_construct(kind="at_risk")


def _grade(text: str) -> str:
    return known(text, GRADES, "level of findings")


class ServiceLevel(Section):
    """A service level: what is measured, what is expected, and the worst that is tolerated.

    A critical level has both limits. A key level may have none, or ``expected`` alone: then it is
    never failed. Its value is unknown where the denominator is below ``minimum_sample``.
    ``event_group``: service levels of one group fail together, so one failure of theirs is one
    event.
    """

    id: Identifier = Field(description="The service level's number, as reports name it")
    stated_name: Text = Field(
        "", alias="name", description="A heading; by default the indicator's title"
    )
    indicator: MeasuredIndicator = Field(description="What is measured")
    level_class: Literal["critical", "key"] = Field(
        alias="class", description="critical: counts; key: is measured and reported only"
    )
    above: Whole | None = optional("The indicator's own limit", validate_default=True)
    lines: Whole | None = optional("How many equal lines are a duplicate", validate_default=True)
    language: Text = Field("", description="The one language in which it counts; by default all")
    source: Text = Field(
        "", description="The one source of reports or records that counts; by default all"
    )
    tool: Text = Field("", description="The one tool whose findings count; by default all")
    level: Annotated[str, AfterValidator(_grade), one_of(GRADES)] = Field(
        "", description="Findings of this level and graver count; by default all"
    )
    rule: Text = Field(
        "", description="The one rule of a tool whose findings count; by default all"
    )
    cwe: Count | None = optional("The one weakness whose findings count, by its CWE")
    queue: Text = Field("", description="The one queue whose tickets count; by default all")
    policy: Text = Field("", description="The one policy of support that counts; by default all")
    priority: Text = Field("", description="The one priority whose tickets count; by default all")
    service: Text = Field("", description="The service that is judged")
    party: Text = Field(
        "", description="The party whose part is judged; by default all, from end to end"
    )
    relieved_by: tuple[Identifier, ...] | None = optional(
        "Parties whose own failures, by the records, are relief from this service level"
    )
    measure: Annotated[Literal["", "time", "requests"], one_of(("time", "requests"))] = Field(
        "", description="What of the service is counted: seconds (the default) or requests"
    )
    severity: Text = Field(
        "", description="Defects of this severity and graver count; by default all"
    )
    percentile: Whole | None = optional(
        "Which value of all in order of size: 50 is the median", validate_default=True
    )
    stated_expected: Number | None = optional(
        "The value to reach; by default the minimum", alias="expected", validate_default=True
    )
    minimum: Number | None = optional(
        "The worst value that is still tolerated", validate_default=True
    )
    scope: Literal["contract", "each-repository"] = Field(
        "contract", description="Judge all repositories together, or each by itself"
    )
    minimum_sample: Count | None = optional(
        "Below so many items in the denominator the value is unknown"
    )
    allocation: Number | None = optional(
        "Its credit: percent of the at-risk amount, or of the pool named below"
    )
    pool: Identifier = Field(
        "", description="The pool of charges.pools that the allocation is a percentage of"
    )
    stated_credit: CreditRule | None = optional(
        "Its credit, where it is no allocation of the at-risk amount", alias="credit"
    )
    bonus: BonusRule | None = optional("What a better value earns")
    event_group: Identifier = Field(
        "", description="Service levels of one group fail by one event (credits.single_event)"
    )
    grace: Count | None = optional(
        "Ramp-up: what it misses in the first so many periods that judge it costs nothing"
    )
    suspended: tuple[Suspension, ...] | None = optional(
        "Whole periods in which it counts for nothing"
    )
    shared: Shared | None = optional("Several suppliers answer for it, each for a part")
    clause: Text = Field("", description="Where it stands in the signed contract")

    @field_validator("level_class")
    @classmethod
    def _may_carry_money(cls, level_class: str, info: ValidationInfo) -> str:
        indicator = indicator_of(info)
        if indicator and indicator.key_only and level_class == "critical":
            why = "its value is too easily moved for money to hang on it"
            why = "a size is neither good nor bad" if indicator.good == "none" else why
            raise wrong(f"{indicator.id} can only be class key: {why}")
        return level_class

    @field_validator("minimum_sample")
    @classmethod
    def _has_a_sample(cls, value: int | None, info: ValidationInfo) -> int | None:
        indicator = indicator_of(info)
        if value is not None and indicator and indicator.combine != "sum":
            raise wrong(f"does not belong to {indicator.id}: it is not a ratio")
        return value

    @field_validator("above", "lines", "percentile")
    @classmethod
    def _fits_the_indicator(cls, value: int | None, info: ValidationInfo) -> int | None:
        return parameter(value, info)

    @field_validator("language")
    @classmethod
    def _is_searched(cls, value: str, info: ValidationInfo) -> str:
        return measured.language(value, info)

    @field_validator(
        "source", "tool", "level", "rule", "cwe", "queue", "policy", "priority", "service",
        "measure", "severity",
    )  # fmt: skip
    @classmethod
    def _selects(cls, value: int | str | None, info: ValidationInfo) -> int | str | None:
        return measured.selected(value, info)

    @field_validator("party", "relieved_by")
    @classmethod
    def _is_divided(
        cls, value: str | tuple[str, ...] | None, info: ValidationInfo
    ) -> str | tuple[str, ...] | None:
        measured.divided(value, info)
        return value

    @field_validator("stated_expected", "minimum")
    @classmethod
    def _can_be_reached(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        indicator = indicator_of(info)
        if value is None or indicator is None:
            return value
        if indicator.good == "none":
            raise wrong(f"{indicator.id} is neither good nor bad: remove this line")
        if indicator.of_a_whole:
            values.share(value)
        return value

    @field_validator("minimum")
    @classmethod
    def _on_the_right_side(cls, minimum: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if minimum is None:
            indicator = indicator_of(info)
            judged = indicator is None or not indicator.key_only
            if info.data.get("level_class") == "critical" and judged:
                raise wrong("is missing: a critical service level needs the worst tolerated value")
            return None
        indicator, expected = indicator_of(info), info.data.get("stated_expected")
        if indicator is None or expected is None:
            return minimum
        low = indicator.good == "low"
        if minimum < expected if low else minimum > expected:
            worst = f"so the worst tolerated value is {expected} or {'more' if low else 'less'}"
            good = f"{indicator.good} is good for {indicator.id}"
            raise wrong(f"{minimum} is better than expected ({expected}): {good}, {worst}")
        return minimum

    @property
    def name(self) -> str:
        """Its heading."""
        return self.stated_name or self.indicator.title

    @property
    def expected(self) -> Decimal | None:
        """The value to reach; None only where ``minimum`` is."""
        return self.minimum if self.stated_expected is None else self.stated_expected

    @cached_property
    def parameters(self) -> Parameters:
        """The indicator's own numbers and words, complete."""
        own = parameters_of(
            above=self.above, lines=self.lines, percentile=self.percentile, language=self.language
        )
        chosen = {name: getattr(self, name) for name in (*self.indicator.selects, "party")}
        return (*own, *parameters_of(**chosen))

    @property
    def credit(self) -> CreditRule | None:
        """How its failure becomes money or points; None: it does not."""
        if self.stated_credit is None and self.allocation is not None:
            return ALLOCATED
        return self.stated_credit

    @property
    def part(self) -> Fraction:
        """The part of its credits, points and bonus that this supplier answers for."""
        return Fraction(self.shared.percent) / 100 if self.shared else Fraction(1)

    @property
    def has_terms(self) -> bool:
        """Whether it has a commercial side."""
        stated = (self.allocation, self.stated_credit, self.bonus, self.shared)
        texts = (self.pool, self.event_group, self.clause)
        return any(each is not None for each in stated) or any(texts)
