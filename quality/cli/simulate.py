"""``workmanship simulate``: what given values would cost, before a contract is signed."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quality.cli import options
from quality.cli.console import highest, leave, show, verdicts
from quality.errors import UsageError

if TYPE_CHECKING:
    from quality.contract.amendments import Family
    from quality.verdicts.simulation import Supposed

EXAMPLE = "workmanship simulate acme.contract.yaml --what-if TQ-1=9.0,TQ-2=unknown"
_LONGEST = 40


def command(
    contract: options.OneContract,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="ID=VALUE,...",
            help="Values of one period, or unknown; repeat it for the next period. A service level "
            "without one is at its expected value.",
        ),
    ] = None,
    format_: options.FormatOption = options.Format.text,
    strict: options.Strict = False,
    exit_zero: options.ExitZero = False,
) -> None:
    """Compute what a contract would cost if these were the values; nothing is measured."""
    from quality.verdicts.simulation import simulated
    from reports.scorecard import simulation

    family = _family(contract)
    found = simulated(family, [_values(each) for each in what_if or ("",)])
    if format_ is options.Format.json:
        show(simulation.json(family.base.id, found))
    else:
        verdicts(simulation.text(found))
    leave(highest(chain.from_iterable(each.verdicts for each in found), strict), exit_zero)


def _family(path: Path) -> Family:
    from quality.contract.amendments import load_families

    (family,) = load_families([path])
    return family


def _values(text: str) -> Supposed:
    """The values of one period: TQ-1=9.0,TQ-2=unknown."""
    found: dict[str, Decimal | Literal["unknown"]] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not equals or not name:
            raise UsageError(f"--what-if takes ID=VALUE, such as TQ-1=9.0, not {part[:_LONGEST]!r}")
        if name in found:
            raise UsageError(f"--what-if names {name[:_LONGEST]!r} twice in one period")
        found[name] = _value(name, value)
    return found


def _value(name: str, value: str) -> Decimal | Literal["unknown"]:
    from pydantic_core import PydanticCustomError

    from quality.contract.values import number

    if value == "unknown":
        return "unknown"
    try:
        return number(Decimal(value) if value.isascii() else value)
    except (ArithmeticError, PydanticCustomError):
        wrong = f"{value[:_LONGEST]!r} is no value of {name[:_LONGEST]!r}"
        raise UsageError(f"{wrong}: give a number of 0 or more, or unknown") from None
