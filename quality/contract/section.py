"""What the sections of the contract file share: their base, and the types of their values."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from quality.contract import values
from quality.contract.values import ID_PATTERN
from quality.model.canonical import compact

JSON_IDENTIFIER = WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": 64})
Identifier = Annotated[str, AfterValidator(values.identifier), JSON_IDENTIFIER]
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
Text = Annotated[str, AfterValidator(values.printable), WithJsonSchema(_TEXT)]
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
_WHOLE = {"type": "integer", "minimum": 0, "maximum": values.LARGEST_WHOLE}
Whole = Annotated[Annotated[int, AfterValidator(values.whole)] | None, WithJsonSchema(_WHOLE)]
_DAYS = WithJsonSchema({"type": "integer", "minimum": 0})
OptionalDays = Annotated[Annotated[int, AfterValidator(values.days)] | None, _DAYS]
DueDays = Annotated[Annotated[int, AfterValidator(values.reachable_days)] | None, _DAYS]
_COUNT = {"type": "integer", "minimum": 1, "maximum": values.MOST}
Count = Annotated[int, AfterValidator(values.count), WithJsonSchema(_COUNT)]
OptionalCount = Annotated[Count | None, WithJsonSchema(_COUNT)]


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
