"""What the sections of the contract file share: their base, and the types of their values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from quality.contract import values
from quality.contract.values import ID_PATTERN

JSON_IDENTIFIER = WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": 64})
Identifier = Annotated[str, AfterValidator(values.identifier), JSON_IDENTIFIER]
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
Text = Annotated[str, AfterValidator(values.printable), WithJsonSchema(_TEXT)]
OptionalText = Annotated[Text | None, WithJsonSchema(_TEXT)]
_PROSE = {"type": "string", "minLength": 1, "maxLength": values.LONGEST_PROSE}
Prose = Annotated[str, AfterValidator(values.prose), WithJsonSchema(_PROSE)]
Day = Annotated[
    date, BeforeValidator(values.day), WithJsonSchema({"type": "string", "format": "date"})
]
_NUMBER = {"type": "number", "minimum": 0, "maximum": values.LARGEST}
Number = Annotated[Decimal, BeforeValidator(values.number), WithJsonSchema(_NUMBER)]
OptionalNumber = Annotated[Number | None, WithJsonSchema(_NUMBER)]
_SHARE = {"type": "number", "minimum": 0, "maximum": 100}
Share = Annotated[Number, AfterValidator(values.share), WithJsonSchema(_SHARE)]
OptionalShare = Annotated[Share | None, WithJsonSchema(_SHARE)]
_MONEY = {"type": "number", "minimum": 0, "maximum": values.LARGEST_AMOUNT}
Money = Annotated[Decimal, BeforeValidator(values.money), WithJsonSchema(_MONEY)]
OptionalMoney = Annotated[Money | None, WithJsonSchema(_MONEY)]
_WHOLE = {"type": "integer", "minimum": 0}
Whole = Annotated[int | None, WithJsonSchema(_WHOLE)]
_COUNT = {"type": "integer", "minimum": 1, "maximum": values.MOST}
Count = Annotated[int, AfterValidator(values.count), WithJsonSchema(_COUNT)]
OptionalCount = Annotated[Count | None, WithJsonSchema(_COUNT)]


class Section(BaseModel):
    """What all sections share: unknown keys and loose types are errors, inputs stay unprinted."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", hide_input_in_errors=True)
