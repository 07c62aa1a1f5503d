"""Verdicts and credits of supposed values: what a contract would cost, before it is signed.

The judgement and the statement are those of ``evaluate``; only the values are not measured. A
service level that no value is supposed for is at its expected value. Or they are those of the past:
then the terms are judged as if they had been in force, on what the store has measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.levels import ServiceLevel
from quality.contract.periods import periods
from quality.contract.stated import differing
from quality.contract.values import meant, shown
from quality.errors import UsageError
from quality.model.amounts import plain
from quality.model.simulation import Difference, SimulatedPeriod
from quality.model.statement import CreditStatement
from quality.model.verdict import Measured, Outcome, Verdict, overall
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement
from quality.store.database import Store
from quality.verdicts.limits import compare
from quality.verdicts.portfolio import evaluate
from quality.verdicts.request import Request
from quality.verdicts.verdict import stated

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


def in_the_past(
    store: Store, contract: Contract, days: tuple[date, date], today: date
) -> tuple[SimulatedPeriod, ...]:
    """The periods of some days that are over, as if the contract's term had been these days: by
    what the store has measured, without any ledger. Nobody could claim a credit of a contract that
    was not signed: each counts as claimed, for otherwise all had lapsed."""
    starts, ends = days
    term = {"starts": starts, "ends": ends, "amends": "", "effective": None}
    term |= {"stated_credits": contract.credits.model_copy(update={"claim_days": None})}
    family = Family((contract.model_copy(update=term),))
    over = periods(family, ends)
    asked = [Request(family, over[:number], today) for number in range(1, len(over) + 1)]
    return tuple(
        SimulatedPeriod(each.period, each.service_levels, each.outcome, each.credits)
        for each in evaluate(store, asked, pages=False)
    )


def differences(contracts: Sequence[Contract]) -> Iterator[Difference]:
    """The keys of which contract files say different things, their ids apart."""
    for key, stands in differing(*(each.stated for each in contracts)):
        if key != "contract.id":
            yield Difference(key, stands)


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
