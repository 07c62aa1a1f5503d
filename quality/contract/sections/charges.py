"""What the parties agreed about charges: what is paid, and how much of it is at risk.

The conventions are those of ``terms``.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from quality.contract.text import references
from quality.contract.text.section import (
    Day,
    Identifier,
    Money,
    Number,
    Section,
    Share,
    Text,
    one_of,
    optional,
)
from quality.model.amounts import MINOR_DIGITS, Rounding, rounded

Percent = Number  # may exceed 100: a pool of 200 %
Currency = Annotated[str, AfterValidator(references.currency), one_of(sorted(MINOR_DIGITS))]
MONTHS = {"month": 1, "quarter": 3, "year": 12}


class ChargePeriod(Section):
    """What the supplier is paid from a day on."""

    starts: Day = Field(alias="from", description="The first day of this amount")
    amount: Money = Field(description="In the currency's major unit, such as 200000 or 1250.50")


class Pool(Section):
    """A part of the at-risk amount that a group of service levels shares."""

    name: Identifier = Field(description="How service levels name the pool")
    percent: Percent = Field(description="Percent of the at-risk amount that the pool may take")


class Indexation(Section):
    """A rise of the amount in force, by an index that the parties have read."""

    starts: Day = Field(alias="from", description="The first day of the raised amount")
    percent: Number = Field(description="By how much it rises, rounded as every amount is")
    clause: Text = Field("", description="Where it stands in the signed contract")


class Charges(Section):
    """What the supplier is paid, and how much of it is at risk."""

    currency: Currency = Field(description="ISO 4217 code; amounts have its decimals")
    amounts: tuple[ChargePeriod, ...] = Field(
        min_length=1, description="The charges and their changes, oldest first"
    )
    per: Literal["month", "quarter", "year"] | None = optional(
        "What an amount pays for; by default the contract's period"
    )
    pro_rata: bool = Field(
        False,
        description="false: the amount in force on the first day counts in full; "
        "true: amounts are divided by days where they change, or where the term begins or ends",
    )
    rounding: Rounding = Field(
        "half_up", description="How every amount is rounded, once, to the currency's minor unit"
    )
    at_risk: Share | None = optional(
        "Percent of a period's charges that its credits can reach; default 100"
    )
    at_risk_by_year: Annotated[tuple[Share, ...], Field(min_length=1)] | None = optional(
        "The same for each contract year, the last one for all that follow"
    )
    indexation: tuple[Indexation, ...] | None = optional("Rises of the amount in force")
    pool: Percent = Field(
        Decimal(100), description="Percent of the at-risk amount that may be allocated in all"
    )
    pools: tuple[Pool, ...] = Field((), description="Pools that divide it further")
    annual_cap: Share | None = optional(
        "Percent of a contract year's charges that its credits can reach"
    )
    annual_cap_amount: Money | None = optional("The same as an amount")

    @property
    def minor_digits(self) -> int:
        """The decimals of the currency's minor unit."""
        return MINOR_DIGITS.get(self.currency, 2)

    @property
    def reach(self) -> Decimal:
        """The percentage of a period's charges that its credits can reach, in the year in which
        they reach most."""
        if self.at_risk_by_year:
            return max(self.at_risk_by_year)
        return Decimal(100) if self.at_risk is None else self.at_risk

    def of_year(self, year: int) -> "Charges":
        """The charges as a contract year (1 is the first) knows them: with one at_risk."""
        if self.at_risk_by_year is None:
            return self
        at_risk = self.at_risk_by_year[min(year, len(self.at_risk_by_year)) - 1]
        return self.model_copy(update={"at_risk": at_risk, "at_risk_by_year": None})

    @property
    def schedule(self) -> tuple[ChargePeriod, ...]:
        """The amounts with what indexation makes of them, oldest first. A stated amount is as
        stated: what was indexed before it is over."""
        stated = {each.starts: each for each in self.amounts}
        rises = {each.starts: each for each in self.indexation or ()}
        found: list[ChargePeriod] = []
        for day in sorted({*stated, *rises}):
            if day in stated:
                found.append(stated[day])
            elif found:
                exact = Fraction(found[-1].amount) * (1 + Fraction(rises[day].percent) / 100)
                amount = rounded(exact, self.minor_digits, self.rounding)
                found.append(ChargePeriod.model_construct(starts=day, amount=amount))
        return tuple(found)
