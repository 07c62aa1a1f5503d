"""What a contract says about its ledger: how much it may excuse, who may approve it, and what a
closing demands."""

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from quality.contract.people import whose
from quality.contract.section import Days, Section, Text, optional
from quality.contract.values import shown, wrong


class ExcusalLimits(Section):
    """How much the ledger of events and accepted debt may excuse; None: without limit."""

    days_per_year: Days | None = optional(
        "Days of a calendar year that events may excuse, the customer's delays apart"
    )
    accepted_debt: Days | None = optional("Entries of accepted debt that may be in force at once")
    by_days: bool = Field(
        False,
        description="true: an event on some days of a period excuses their share of its credits, "
        "and not the period",
    )


class Approvers(Section):
    """Who may approve entries of the ledger, by party."""

    customer: tuple[Text, ...] = Field(min_length=1, description="People of the customer's")
    supplier: tuple[Text, ...] = Field(min_length=1, description="People of the supplier's")

    @field_validator("supplier")
    @classmethod
    def _others(cls, supplier: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        customer = {whose(name) for name in info.data.get("customer", ())}
        if both := [name for name in supplier if whose(name) in customer]:
            raise wrong(f"{shown(both[0])} is also the customer's: nobody approves for both")
        return supplier


class ClosingRules(Section):
    """What closing a period demands."""

    unknown: Literal["refused", "accepted"] = Field(
        "refused",
        description="A period with an unknown critical service level: refused, unless both parties "
        "agree in the ledger; or accepted",
    )
