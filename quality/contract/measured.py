"""What service levels and gate rules share: the indicator that is measured, and its own numbers."""

from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, ValidationInfo
from pydantic_core import PydanticKnownError

from quality.catalogue.indicators import INDICATORS, Indicator
from quality.contract.section import one_of
from quality.contract.values import known, wrong


def _of_the_catalogue(value: object) -> Indicator:
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    return INDICATORS[known(value, INDICATORS, "indicator")]


MeasuredIndicator = Annotated[
    Indicator,
    PlainValidator(_of_the_catalogue),
    PlainSerializer(lambda indicator: indicator.id),
    one_of(INDICATORS),
]


def parameters_of(above: int | None, lines: int | None) -> tuple[tuple[str, int], ...]:
    """The indicator's own numbers, complete."""
    given = (("above", above), ("lines", lines))
    return tuple((name, value) for name, value in given if value is not None)


def indicator_of(info: ValidationInfo) -> Indicator | None:
    """The indicator of the section that is being checked; None: it has no valid one."""
    found: Indicator | None = info.data.get("indicator")
    return found


def parameter(value: int | None, info: ValidationInfo) -> int | None:
    """An indicator's own number; None where it has none (another parameter, or unknown)."""
    indicator = indicator_of(info)
    if indicator is None:
        return value
    wanted = indicator.parameter
    if wanted is None or wanted.name != info.field_name:
        if value is None:
            return None
        instead = f"it takes {wanted.name}" if wanted else "it takes no parameter"
        raise wrong(f"does not belong to {indicator.id}: {instead}")
    value = wanted.default if value is None else value
    if value is None:
        raise wrong(f"is missing: {indicator.id} needs its limit, a whole number")
    if value < wanted.at_least:
        raise wrong(f"{value} is too low: {indicator.id} takes {wanted.at_least} or more")
    return value
