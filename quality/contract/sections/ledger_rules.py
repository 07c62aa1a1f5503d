"""What a contract says about its ledger: how much it may excuse, who may approve it, what a closing
demands, and whose keys sign evidence."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from quality.contract.text.people import signature, whose
from quality.contract.text.section import Days, Section, Text, optional
from quality.contract.text.values import shown, wrong

Signature = Annotated[Text, AfterValidator(signature)]
KEY = "^sha256:[0-9a-f]{64}$"
_KEY = re.compile(KEY)


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

    customer: tuple[Signature, ...] = Field(min_length=1, description="People of the customer's")
    supplier: tuple[Signature, ...] = Field(min_length=1, description="People of the supplier's")

    @field_validator("supplier")
    @classmethod
    def _others(cls, supplier: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        customer = {whose(name) for name in info.data.get("customer", ())}
        if both := [name for name in supplier if whose(name) in customer]:
            raise wrong(f"{shown(both[0])} is also the customer's: nobody approves for both")
        return supplier


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise wrong(f"{shown(text)} names no key: write sha256: and the 64 digits that signing and "
                    "verifying show")  # fmt: skip
    return text


Key = Annotated[str, AfterValidator(_key), WithJsonSchema({"type": "string", "pattern": KEY})]


class SigningKeys(Section):
    """Whose key signs evidence, by party."""

    customer: tuple[Key, ...] = Field((), description="Keys of the customer's")
    supplier: tuple[Key, ...] = Field((), description="Keys of the supplier's")

    @field_validator("supplier")
    @classmethod
    def _others(cls, supplier: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if both := [key for key in supplier if key in info.data.get("customer", ())]:
            raise wrong(f"{shown(both[0])} is also the customer's: nobody signs for both")
        return supplier


class ClosingRules(Section):
    """What closing a period demands."""

    unknown: Literal["refused", "accepted"] = Field(
        "refused",
        description="A period with an unknown critical service level: refused, unless both parties "
        "agree in the ledger; or accepted",
    )
