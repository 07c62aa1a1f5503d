"""Verdicts and credits of supposed values: what a contract would cost, before it is signed.

The judgement and the statement are those of ``evaluate``; only the values are not measured. A
service level that no value is supposed for is at its expected value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quality.contract.amendments import Family
from quality.contract.levels import ServiceLevel
from quality.contract.periods import periods
from quality.contract.values import meant, shown
from quality.errors import UsageError
from quality.model.amounts import plain
from quality.model.simulation import SimulatedPeriod
from quality.model.statement import CreditStatement
from quality.model.verdict import Measured, Outcome, Verdict, overall
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement
from quality.verdicts.verdict import compare, stated

WHOLE = 100
Supposed = Mapping[str, Decimal | Literal["unknown"]]  # by service level


def simulated(family: Family, supposed: Sequence[Supposed]) -> tuple[SimulatedPeriod, ...]:
    """The first periods of the term, one for each set of values (UsageError: there are not so many,
    or a value is for no service level)."""
    term = periods(family.base, family.ends)
    if len(supposed) > len(term):
        raise UsageError(f"the term has {len(term)} periods: give at most so many --what-if")
    judged: list[PeriodVerdicts] = []
    bills: list[CreditStatement | None] = []
    found = []
    for each, values in zip(term, supposed, strict=False):
        period = replace(each, to_date=False)
        contract = family.in_force(period)
        _sensible(values, contract.service_levels, period.id)
        alike = [before for before in judged if before.contract is contract]
        levels = [in_force(contract, level, alike) for level in contract.service_levels]
        verdicts = tuple(_verdict(level, values.get(level.id)) for level in levels)
        judged.append(PeriodVerdicts(period, contract, verdicts))
        bills.append(statement(judged, tuple(bills), family))
        found.append(SimulatedPeriod(period, verdicts, overall(verdicts), bills[-1]))
    return tuple(found)


def _sensible(values: Supposed, levels: Sequence[ServiceLevel], period: str) -> None:
    ids = {level.id: level for level in levels}
    for name, value in values.items():
        if name not in ids:
            hint = meant(name, ids, f"use one of {', '.join(ids)}")
            raise UsageError(f"{shown(name)} is no service level of {period}; {hint}")
        indicator = ids[name].indicator
        if indicator.of_a_whole and value != "unknown" and value > WHOLE:
            raise UsageError(f"{plain(value)} is no value of {name}: at most {WHOLE} percent")


def _verdict(level: ServiceLevel, value: Decimal | Literal["unknown"] | None) -> Verdict:
    exact = None
    if value != "unknown":
        given = value if value is not None else level.expected
        exact = None if given is None else Fraction(given)
    measured, scale = None, level.indicator.scale
    if exact is not None:
        part = exact / scale
        measured = Measured(part.numerator, part.denominator, scale)
    outcome: Outcome = "met" if value is None else "unknown"
    if exact is not None:
        outcome = compare(exact, level)
    return stated(level, measured, outcome)
