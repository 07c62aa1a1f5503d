"""What service levels and gate rules share: the indicator that is measured, and its own numbers."""

from typing import Annotated

from pydantic import PlainSerializer, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError, PydanticKnownError

from quality.catalogue.indicators import INDICATORS, Indicator, Parameter
from quality.catalogue.recipes import searched_languages
from quality.contract.text.section import one_of
from quality.contract.text.values import known, wrong


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


Parameters = tuple[tuple[str, int | str], ...]


def parameters_of(**given: int | str | None) -> Parameters:
    """The indicator's own numbers and words, complete."""
    return tuple((name, value) for name, value in given.items() if value not in (None, ""))


def indicator_of(info: ValidationInfo) -> Indicator | None:
    """The indicator of the section that is being checked; None: it has no valid one."""
    found: Indicator | None = info.data.get("indicator")
    return found


def parameter(value: int | None, info: ValidationInfo) -> int | None:
    """An indicator's own number; None where it has none (another parameter, or unknown)."""
    indicator = indicator_of(info)
    if indicator is None:
        return value
    wanted = _taken(indicator, info)
    if wanted is None:
        if value is not None:
            raise _misplaced(indicator)
        return None
    value = wanted.default if value is None else value
    if value is None:
        raise wrong(f"is missing: {indicator.id} needs its limit, a whole number")
    if value < wanted.at_least:
        raise wrong(f"{value} is too low: {indicator.id} takes {wanted.at_least} or more")
    if wanted.at_most is not None and value > wanted.at_most:
        raise wrong(f"{value} is too high: {indicator.id} takes {wanted.at_most} or less")
    return value


def selected(value: int | str | None, info: ValidationInfo) -> int | str | None:
    """What of the declared counts; nothing where the indicator counts what is measured here."""
    indicator = indicator_of(info)
    if value and indicator and info.field_name not in indicator.selects:
        takes = " and ".join(indicator.selects)
        raise (
            wrong(f"does not belong to {indicator.id}: it takes {takes}")
            if takes
            else _misplaced(indicator)
        )
    return value


def divided(value: object, info: ValidationInfo) -> None:
    """Whose part counts, or whose failures are relief: nothing where no party owns what counts."""
    indicator = indicator_of(info)
    if not value or indicator is None:
        return
    relief = info.field_name == "relieved_by"
    if not (indicator.relievable if relief else indicator.divisible):
        takes = "clocks of tickets and on services" if relief else "tickets, services and code"
        raise wrong(f"does nothing on {indicator.id}: it belongs to service levels on {takes}")


def language(value: str, info: ValidationInfo) -> str:
    """The one language in which an indicator counts, "" for all; checked where the context has the
    recipe."""
    indicator = indicator_of(info)
    if not value or indicator is None:
        return value
    if _taken(indicator, info) is None:
        raise _misplaced(indicator)
    return searched(value, info)


def searched(value: str, info: ValidationInfo) -> str:
    """A language that an error analyzer reads, "" for all."""
    recipe = info.context and info.context.get("recipe")
    if not value or not recipe:
        return value
    return known(value, searched_languages(recipe.id), "language with an error analyzer")


def _taken(indicator: Indicator, info: ValidationInfo) -> Parameter | None:
    """The indicator's parameter, where the field that is being checked is its name."""
    wanted = indicator.parameter
    return wanted if wanted and wanted.name == info.field_name else None


def _misplaced(indicator: Indicator) -> PydanticCustomError:
    wanted = indicator.parameter
    instead = f"it takes {wanted.name}" if wanted else "it takes no parameter"
    return wrong(f"does not belong to {indicator.id}: {instead}")
