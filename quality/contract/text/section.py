"""What the sections of the contract file share: their base, and the types of their values."""

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from quality.contract.text import values
from quality.contract.text.values import ID_PATTERN, LARGEST_WHOLE, MOST, between
from quality.model.canonical import compact


def _number(least: int, most: int | None = None, kind: str = "integer") -> WithJsonSchema:
    return WithJsonSchema({"type": kind, "minimum": least} | ({"maximum": most} if most else {}))


def _text(longest: int, **more: int | str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "maxLength": longest, **more})


Identifier = Annotated[str, AfterValidator(values.identifier), _text(64, pattern=ID_PATTERN)]
Text = Annotated[str, AfterValidator(values.printable), _text(200, minLength=1)]
Prose = Annotated[str, AfterValidator(values.prose), _text(values.LONGEST_PROSE, minLength=1)]
Day = Annotated[
    date, BeforeValidator(values.day), WithJsonSchema({"type": "string", "format": "date"})
]
Number = Annotated[Decimal, BeforeValidator(values.number), _number(0, values.LARGEST, "number")]
Share = Annotated[Number, AfterValidator(values.share), _number(0, 100, "number")]
Money = Annotated[
    Decimal, BeforeValidator(values.money), _number(0, values.LARGEST_AMOUNT, "number")
]
_STORABLE = between(
    -LARGEST_WHOLE, LARGEST_WHOLE, f"must be a whole number up to {LARGEST_WHOLE:,}"
)
Whole = Annotated[int, AfterValidator(_STORABLE), _number(0, LARGEST_WHOLE)]
_IN_REACH = between(0, 10_000, "{value} is out of range: use a whole number from 0 to 10,000")
Days = Annotated[int, AfterValidator(_IN_REACH), _number(0)]
_ON_CALENDAR = between(0, MOST, f"must be a whole number of days from 0 to {MOST:,}")
DueDays = Annotated[int, AfterValidator(_ON_CALENDAR), _number(0)]
Decimals = AfterValidator(between(0, 6, "must be a whole number from 0 to 6"))
_HOW_MANY = between(1, MOST, f"must be a whole number from 1 to {MOST:,}")
Count = Annotated[int, AfterValidator(_HOW_MANY), _number(1, MOST)]


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

    # deferred: the contract builds what checks it in one go, and not once more for each section
    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

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
