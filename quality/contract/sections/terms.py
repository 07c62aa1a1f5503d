"""The commercial terms of a contract: what the parties agreed about money and consequences.

Every section is optional. What the sections demand of each other stands in ``checks.terms``; what
each kind of credit takes and costs, in ``credit_kinds``. Conventions, here and in the room
``money``:

- Money is a ``Decimal`` in the currency's major unit: EUR ``Decimal("14400.00")``.
- A percentage is a ``Decimal`` in percent: 12 is 12 %.
- Dates are days, both ends included. Periods are named as everywhere: ``2026-Q1``, ``2026-01``.
- ``clause`` is the place in the signed contract, such as "Schedule 4, 2.3"; "" if none is named.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema

from quality.contract.text import values
from quality.contract.text.section import (
    Count,
    Day,
    Days,
    Decimals,
    DueDays,
    Identifier,
    Money,
    Number,
    Prose,
    Section,
    Share,
    Text,
    Whole,
    optional,
)
from quality.model.amounts import Rounding
from quality.model.terms import Base, ConsequenceKind, Limit

Severity = Literal["minor", "serious", "severe", "below_threshold"]
_MULTIPLIER = "What the credit is multiplied by, such as 1.5; the highest that applies counts"


class LadderStep(Section):
    """A rung of a ladder: where it begins, and what it costs."""

    worse_than: Number | None = optional("It holds for values worse than this")
    shortfall_over: Number | None = optional(
        "It holds for shortfalls larger than this, in the indicator's unit"
    )
    percent: Share | None = optional("Kind ladder: percent of the base")
    amount: Money | None = optional("Kind ladder: an amount")
    severity: Severity | None = optional("Kind points: see credits.points")
    points: Whole | None = optional("Kind points: the number itself")

    @property
    def threshold(self) -> Decimal:
        """Where it begins: a value, or a shortfall (see ``CreditRule.by_value``)."""
        return self.worse_than or self.shortfall_over or Decimal(0)


class CreditRule(Section):
    """How a failed critical service level becomes money."""

    kind: Annotated[str, PlainValidator(values.credit_kind), WithJsonSchema({"type": "string"})]
    amount: Money | None = optional("Kind fixed: the credit; kind per_day: that of each day")
    cap: Money | None = optional("Kind per_day: the most that a period costs, multipliers included")
    steps: tuple[LadderStep, ...] = Field(
        (), description="Kinds ladder and points: from mild to severe; the last that holds counts"
    )
    of: Base | None = optional("What percentages are of; default charges")
    target: Limit | None = optional(
        "What a shortfall is measured from; default expected for target_minus_actual, "
        "minimum for steps"
    )
    factor: Number | None = optional(
        "Kind target_minus_actual: percent for each unit of shortfall; default 1"
    )
    decimals: Annotated[Whole | None, Decimals] = optional(
        "Round the value or shortfall to so many decimals before it is compared"
    )
    round: Rounding | None = optional("How decimals rounds; default half_up")

    @property
    def by_value(self) -> bool:
        """Whether its steps compare the value; else the shortfall is compared, or priced."""
        return any(step.worse_than is not None for step in self.steps)


class BonusRule(Section):
    """What the supplier earns for a value that is better than he promised."""

    better_than: Number = Field(description="The value to beat")
    percent: Share | None = optional("Percent of the charges")
    amount: Money | None = optional("An amount")


class Suspension(Section):
    """Whole periods in which a service level is judged and counts for nothing."""

    starts: Day = Field(alias="from", description="The first day of a period")
    ends: Day = Field(alias="to", description="The last day of a period")
    clause: Text = Field("", description="Where it stands in the signed contract")


class Shared(Section):
    """A service level that several suppliers answer for, each by his own contract."""

    id: Identifier = Field(description="Its name in the contracts of all of them")
    percent: Share = Field(description="This supplier's part of its credits, points and bonus")


class Consecutive(Section):
    """A multiplier for failing several periods in a row."""

    failures: Count = Field(description="From so many failures in a row on, this one included")
    multiplier: Number = Field(description=_MULTIPLIER)


class Repeated(Section):
    """A multiplier for failing several times in a window."""

    failures: Count = Field(description="From so many failures on, this one included")
    within: Count = Field(description="In so many periods, this one included")
    multiplier: Number = Field(description=_MULTIPLIER)


class EarnbackRule(Section):
    """When a credit returns to the supplier."""

    periods: Count | None = optional("Expected must be met in each of so many next periods")
    by: Literal["yearly_average"] | None = optional(
        "Instead of periods: the average of the contract year must meet expected"
    )
    share: Share = Field(Decimal(100), description="Percent of the paid credit that returns")
    points: bool = Field(
        False,
        description="true: the credit for service points returns too, where every service level "
        "that counted points earns it back",
    )


class PointsRow(Section):
    """What a period's service points cost."""

    points: Count = Field(description="From so many points on")
    percent: Share = Field(description="Percent of the charges")


class Points(Section):
    """Service points: what each severity counts, and what points cost."""

    minor: Count = Field(1, description="Points of severity minor")
    serious: Count = Field(2, description="Points of severity serious")
    severe: Count = Field(3, description="Points of severity severe")
    below_threshold: Count = Field(4, description="Points of severity below_threshold")
    repeat: Number = Field(
        Decimal(2), description="Factor for a service level that also failed in the period before"
    )
    table: tuple[PointsRow, ...] = Field((), description="What the points of a period cost")
    percent_per_point: Number | None = optional(
        "Instead of a table: percent of the charges for each point"
    )
    of: Literal["this_period", "next_period"] = Field(
        "this_period", description="Whose charges the percentage is of"
    )


class Reweighting(Section):
    """How the customer may set allocations anew by notice, without an amendment."""

    notice_days: Days = Field(description="From the notice to the first day of the new allocations")
    times_a_year: Count = Field(description="So many such notices take effect in a contract year")


class CarryOver(Section):
    """What lapses above a period's cap is charged later, as far as there is room."""

    periods: Count = Field(description="In so many next periods; what is left then lapses")


class CreditRules(Section):
    """The rules for all credits."""

    consecutive: tuple[Consecutive, ...] = Field((), description="Failures in a row")
    repeated: tuple[Repeated, ...] = Field((), description="Failures in a window")
    by_year: Annotated[tuple[Number, ...], Field(min_length=1)] | None = optional(
        "A multiplier for each contract year, the last one for all that follow; the highest of all "
        "that apply counts"
    )
    single_event: Literal["highest", "customer_choice", "each"] = Field(
        "each",
        description="One event that fails several service levels: charge the highest, the one that "
        "the customer chooses (the highest until he does), or each",
    )
    claim_days: Days | None = optional(
        "Days after a period's end in which the customer must claim its credits, or they lapse"
    )
    reweighting: Reweighting | None = optional("Whether the customer may set allocations by notice")
    earnback: EarnbackRule | None = optional("When a credit returns")
    carry_over: CarryOver | None = optional("Whether what lapses above the cap is charged later")
    bonus_offsets: bool = Field(
        False, description="true: a bonus reduces the credits of its period"
    )
    points: Points | None = optional("Service points")

    @property
    def once(self) -> bool:
        """Whether an event is charged once."""
        return self.single_event != "each"

    @property
    def multiplies(self) -> bool:
        """Whether a failure may cost more than once its price."""
        return bool(self.consecutive or self.repeated or self.by_year)


class Improvement(Section):
    """Continuous improvement: expected moves towards what was achieved."""

    every: Count = Field(description="After every so many periods expected is set anew")
    best: Count | None = optional("Average only so many best values; by default all")
    at_most: Share = Field(
        Decimal(10), description="The largest move, in percent of the distance to perfect"
    )
    decimals: Annotated[int, Decimals] = Field(
        2, description="Decimals of the new value, rounded in the supplier's favour"
    )
    clause: Text = Field("", description="Where it stands in the signed contract")


class Trigger(Section):
    """A consequence that is not money, and when it becomes due."""

    kind: ConsequenceKind = Field(description="What becomes due")
    failures: Count | None = optional("From so many failures on")
    points: Count | None = optional("From so many service points on")
    credits: Share | None = optional("From credits of so many percent of the charges on")
    of: Count = Field(1, description="Counted over so many periods, the judged one included")
    below: Limit = Field("minimum", description="What a failure is: worse than this limit")
    across: bool = Field(
        False, description="true: the failures of all service levels count together"
    )
    service_levels: tuple[Identifier, ...] = Field(
        (), description="Whose failures count; by default those of all critical service levels"
    )
    due_days: DueDays | None = optional("Due so many days after the period's last day")
    text: Prose = Field(description="The clause's text")
    clause: Text = Field("", description="Where it stands in the signed contract")


class Clause(Section):
    """A clause that statements show where it applies: indemnification, for example."""

    title: Text = Field(description="The clause's heading")
    text: Prose = Field(description="The clause's text")
    rate: Number | None = optional(
        "A percentage that belongs to it, of interest or tax, say: shown, never computed"
    )
    applies_to: tuple[Text, ...] = Field(
        (), description="Service levels or kinds of consequence; by default always"
    )
