"""What the sections of the contract file share: their base, and the types of their values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from quality.contract import values
from quality.contract.values import ID_PATTERN, LARGEST_WHOLE, MOST, between
from quality.model.canonical import compact

JSON_IDENTIFIER = WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": 64})
Identifier = Annotated[str, AfterValidator(values.identifier), JSON_IDENTIFIER]
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
Text = Annotated[str, AfterValidator(values.printable), WithJsonSchema(_TEXT)]
_PROSE = {"type": "string", "minLength": 1, "maxLength": values.LONGEST_PROSE}
Prose = Annotated[str, AfterValidator(values.prose), WithJsonSchema(_PROSE)]
JSON_DAY = WithJsonSchema({"type": "string", "format": "date"})
Day = Annotated[date, BeforeValidator(values.day), JSON_DAY]
_NUMBER = {"type": "number", "minimum": 0, "maximum": values.LARGEST}
Number = Annotated[Decimal, BeforeValidator(values.number), WithJsonSchema(_NUMBER)]
OptionalNumber = Annotated[Number | None, WithJsonSchema(_NUMBER)]
_SHARE = {"type": "number", "minimum": 0, "maximum": 100}
Share = Annotated[Number, AfterValidator(values.share), WithJsonSchema(_SHARE)]
OptionalShare = Annotated[Share | None, WithJsonSchema(_SHARE)]
_MONEY = {"type": "number", "minimum": 0, "maximum": values.LARGEST_AMOUNT}
Money = Annotated[Decimal, BeforeValidator(values.money), WithJsonSchema(_MONEY)]
OptionalMoney = Annotated[Money | None, WithJsonSchema(_MONEY)]
_WHOLE = {"type": "integer", "minimum": 0, "maximum": LARGEST_WHOLE}
_STORABLE = between(
    -LARGEST_WHOLE, LARGEST_WHOLE, f"must be a whole number up to {LARGEST_WHOLE:,}"
)
Whole = Annotated[int | None, AfterValidator(_STORABLE), WithJsonSchema(_WHOLE)]
_DAYS = WithJsonSchema({"type": "integer", "minimum": 0})
_IN_REACH = between(0, 10_000, "{value} is out of reach: use a whole number from 0 to 10,000")
OptionalDays = Annotated[int | None, AfterValidator(_IN_REACH), _DAYS]
_ON_CALENDAR = between(-MOST, MOST, f"must be a whole number of days up to {MOST:,}")
DueDays = Annotated[int | None, AfterValidator(_ON_CALENDAR), _DAYS]
Decimals = AfterValidator(between(0, 6, "must be a whole number from 0 to 6"))
_COUNT = {"type": "integer", "minimum": 1, "maximum": MOST}
_HOW_MANY = between(1, MOST, f"must be a whole number from 1 to {MOST:,}")
Count = Annotated[int, AfterValidator(_HOW_MANY), WithJsonSchema(_COUNT)]
OptionalCount = Annotated[Count | None, WithJsonSchema(_COUNT)]


def one_of(options: Iterable[str]) -> WithJsonSchema:
    """What editors may offer for a text."""
    return WithJsonSchema({"type": "string", "enum": list(options)})


def optional(description: str, **more: Any) -> Any:
    """A key that may be left out and has no default value."""
    return Field(None, description=description, **more)


class Section(BaseModel):
    """What all sections share: unknown keys and loose types are errors, inputs stay unprinted.

    A checked section is the program's model of what was agreed. A text that was left out is "", a
    key without a default None; where another key decides the default, the field is
    ``stated_KEY`` and the property KEY says what holds.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True)

    def agreed(self) -> dict[str, Any]:
        """The content by the keys of the file, defaults filled in; what was left out and has none
        is left out."""
        content = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        found: dict[str, Any] = _stated(content)
        return found


def digest(content: object) -> str:
    """sha256 over the canonical JSON of ``content``."""
    return f"sha256:{hashlib.sha256(compact(content).encode()).hexdigest()}"


def _stated(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _stated(value) for key, value in content.items() if value != ""}
    return [_stated(each) for each in content] if isinstance(content, list) else content
