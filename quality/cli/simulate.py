"""``workmanship simulate``: what given or past values would cost, before a contract is signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quality.cli import options
from quality.cli.console import highest, leave, say, show, verdicts
from quality.errors import UsageError

if TYPE_CHECKING:
    from quality.contract.amendments import Family
    from quality.contract.contract import Contract
    from quality.contract.sections.levels import ServiceLevel
    from quality.model.simulation import Draft, SimulatedPeriod
    from quality.verdicts.simulation import Supposed

EXAMPLE = "workmanship simulate acme.contract.yaml --what-if TQ-1=9.0,TQ-2=unknown"
_LONGEST = 40
_MOST = 120


def command(
    contracts: options.Contracts,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="ID=VALUE,...",
            help="Values of one period, or unknown; repeat it for the next period. A service level "
            "without one is at its expected value.",
        ),
    ] = None,
    past: Annotated[
        int | None,
        typer.Option(
            "--past",
            metavar="N",
            min=1,
            max=_MOST,
            help="What these terms would have paid in the last N finished periods, by what the "
            "database has measured of the repositories.",
        ),
    ] = None,
    format_: options.FormatOption = options.Format.text,
    database: options.Database = None,
    memory: options.Memory = None,
    strict: options.Strict = False,
    exit_zero: options.ExitZero = False,
) -> None:
    """Compute what a contract would cost if these were the values; several drafts side by side, or
    the contracts of a framework. Nothing is measured."""
    from quality.verdicts.simulation import differences
    from reports.scorecard import drafts, simulation

    if past is not None and what_if is not None:
        raise UsageError("--past and --what-if are two questions: ask one of them")
    families = [_family(each) for each in contracts]
    named = [_named(each, path) for each, path in zip(families, contracts, strict=True)]
    if past is not None:
        found = _past(contracts, named, past, database, memory)
    else:
        supposed = [_values(each) for each in what_if or ("",)]
        found = _supposed(families, supposed)
    made = _drafts(contracts, families, found)
    if len(made) == 1:
        as_json, as_text = simulation.json(made[0]), simulation.text(made[0].periods)
    else:
        differ = tuple(differences(named))
        as_json, as_text = drafts.json(made, differ), drafts.text(made, differ)
    if format_ is options.Format.json:
        show(as_json)
    else:
        verdicts(as_text)
    every = chain.from_iterable(found)
    leave(highest(chain.from_iterable(each.verdicts for each in every), strict), exit_zero)


def _family(path: Path) -> Family:
    """A draft alone: two drafts of one contract have one id."""
    from quality.contract.amendments import load_families

    return load_families([path])[0]


def _named(family: Family, path: Path) -> Contract:
    """The contract, or the amendment of it, that a file holds."""
    of = [each for each in family.contracts if each.path.absolute() == path.absolute()]
    return of[0] if of else family.base


def _supposed(
    families: Sequence[Family], supposed: Sequence[Supposed]
) -> list[tuple[SimulatedPeriod, ...]]:
    """The first periods on supposed values; of several contracts each takes those of its own
    levels, and what only another one has is no mistake."""
    from quality.verdicts.simulation import simulated

    every = {level.id for family in families for level in _levels(family)}
    others = [every - {level.id for level in _levels(each)} for each in families]
    return simulated(families, [
        [{name: value for name, value in each.items() if name not in strange} for each in supposed]
        for strange in others
    ])  # fmt: skip


def _levels(family: Family) -> list[ServiceLevel]:
    return [level for each in family.contracts for level in each.service_levels]


def _past(
    paths: Sequence[Path],
    named: Sequence[Contract],
    number: int,
    database: Path | None,
    memory: str | None,
) -> list[tuple[SimulatedPeriod, ...]]:
    """What each draft would have paid in the periods that are over: in the same days, where one is
    judged by the month and another by the quarter."""
    from quality.contract.periods import last_finished, today_in
    from quality.store.database import Store
    from quality.store.folder import database_beside
    from quality.store.machine import Resources, parse_memory
    from quality.verdicts.simulation import in_the_past

    now, file = datetime.now(UTC), database or database_beside(paths[0])
    lengths = {each.period for each in named}
    length: Literal["quarter", "month"] = "quarter" if "quarter" in lengths else "month"
    today = min(today_in(each.timezone, now) for each in named)
    days = last_finished(length, today, number)
    with Store(file, read_only=True, resources=Resources(0, parse_memory(memory))) as store:
        found = in_the_past(store, named, days, today)
    for each, periods in zip(named, found, strict=True):
        if missing := sum(map(_unmeasured, periods)):
            say(
                f"{each.path.name}: {missing} of {len(periods)} periods were not measured: "
                f"measure them by a contract that begins on {days[0]} or before"
            )
    return found


def _unmeasured(period: SimulatedPeriod) -> bool:
    return all(each.measured is None for each in period.verdicts)


def _drafts(
    paths: Sequence[Path],
    families: Sequence[Family],
    found: Sequence[tuple[SimulatedPeriod, ...]],
) -> list[Draft]:
    from quality.contract.ledger.ledger import stem
    from quality.model.simulation import Draft

    names = [stem(path) for path in paths]
    if len(set(names)) < len(names):
        names = [str(path) for path in paths]
    return [
        Draft(name, family.base.id, periods)
        for name, family, periods in zip(names, families, found, strict=True)
    ]


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

    from quality.contract.text.values import number

    if value == "unknown":
        return "unknown"
    try:
        return number(Decimal(value) if value.isascii() else value)
    except (ArithmeticError, PydanticCustomError):
        wrong = f"{value[:_LONGEST]!r} is not a value of {name[:_LONGEST]!r}"
        raise UsageError(f"{wrong}: give a number of 0 or more, or unknown") from None
