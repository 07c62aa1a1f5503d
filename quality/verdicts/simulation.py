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
from quality.contract.periods import periods
from quality.contract.sections.levels import ServiceLevel
from quality.contract.stated import differing
from quality.contract.text.values import meant, shown
from quality.errors import UsageError
from quality.model.amounts import plain
from quality.model.simulation import SimulatedPeriod, TermDifference
from quality.model.statement import CreditStatement
from quality.model.verdict import Measured, Outcome, Verdict, overall
from quality.money.draws import Draws, Member, draws_of
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement
from quality.store.database import Store
from quality.verdicts.frameworks import shared_draws
from quality.verdicts.limits import compare
from quality.verdicts.portfolio import evaluate
from quality.verdicts.request import Request
from quality.verdicts.verdict import stated

WHOLE = 100
Supposed = Mapping[str, Decimal | Literal["unknown"]]  # by service level


def simulated(
    families: Sequence[Family], supposed: Sequence[Sequence[Supposed]]
) -> list[tuple[SimulatedPeriod, ...]]:
    """The first periods of each contract's term, one for each set of values supposed for it
    (UsageError: there are not so many, or a value is for no service level). Contracts of one
    framework share its cap, unless they are drafts of one contract."""
    judged = [_judged(*each) for each in zip(families, supposed, strict=True)]
    members = list(map(Member, families, judged))
    draws = draws_of(members) if _together([each.base for each in families]) else {}
    return [_billed(each, draws.get(each.id, {})) for each in members]


def _together(contracts: Sequence[Contract]) -> bool:
    return len({each.id for each in contracts}) == len(contracts)


def _judged(family: Family, supposed: Sequence[Supposed]) -> list[PeriodVerdicts]:
    """The first periods with the verdicts on their supposed values."""
    term = periods(family.base, family.ends)
    if len(supposed) > len(term):
        raise UsageError(f"the term has {len(term)} periods: give at most so many --what-if")
    judged: list[PeriodVerdicts] = []
    for each, values in zip(term, supposed, strict=False):
        period = replace(each, to_date=False)
        contract = family.in_force(period)
        _sensible(values, contract.service_levels, period.id)
        alike = [before for before in judged if before.contract is contract]
        levels = [in_force(contract, level, alike) for level in contract.service_levels]
        verdicts = tuple(_verdict(level, values.get(level.id)) for level in levels)
        judged.append(PeriodVerdicts(period, contract, verdicts))
    return judged


def _billed(member: Member, draws: Draws) -> tuple[SimulatedPeriod, ...]:
    bills: list[CreditStatement | None] = []
    found = []
    for number, each in enumerate(member.judged, 1):
        name, beside = each.period, draws.get(each.period.id, ())
        bills.append(statement(member.judged[:number], tuple(bills), member.family, beside))
        found.append(SimulatedPeriod(name, each.verdicts, overall(each.verdicts), bills[-1]))
    return tuple(found)


def in_the_past(
    store: Store, contracts: Sequence[Contract], days: tuple[date, date], today: date
) -> list[tuple[SimulatedPeriod, ...]]:
    """For each contract the periods of some days that are over, as if its term had been these days:
    by what the store has measured, without any ledger. Nobody could claim a credit of a contract
    that was not signed: each counts as claimed, for otherwise all had lapsed."""
    families = [_moved(each, days) for each in contracts]
    over = [periods(each, days[1]) for each in families]
    whole = [Request(*each, today) for each in zip(families, over, strict=True)]
    together = _together(contracts)
    draws = shared_draws(store, [(each, {}) for each in whole]) if together else {}
    found = []
    for request in whole:
        beside = tuple(draws.get(request.base.id, {}).items())
        every = range(1, len(request.periods) + 1)
        asked = [
            Request(request.family, request.periods[:number], today, beside) for number in every
        ]
        found.append(tuple(
            SimulatedPeriod(each.period, each.service_levels, each.outcome, each.credits)
            for each in evaluate(store, asked, pages=False)
        ))  # fmt: skip
    return found


def _moved(contract: Contract, days: tuple[date, date]) -> Family:
    """The contract alone, with another term; its framework begins with it."""
    starts, ends = days
    term = {"starts": starts, "ends": ends, "amends": "", "effective": None}
    term |= {"stated_credits": contract.credits.model_copy(update={"claim_days": None})}
    if contract.framework and contract.framework.starts:
        framework = contract.framework.model_copy(update={"starts": starts})
        term |= {"framework": framework}
    return Family((contract.model_copy(update=term),))


def differences(contracts: Sequence[Contract]) -> Iterator[TermDifference]:
    """The keys of which contract files say different things, their ids apart."""
    for key, stands in differing(*(each.stated for each in contracts)):
        if key != "contract.id":
            yield TermDifference(key, stands)


def _sensible(values: Supposed, levels: Sequence[ServiceLevel], period: str) -> None:
    ids = {level.id: level for level in levels}
    for name, value in values.items():
        if name not in ids:
            hint = meant(name, ids, f"use one of {', '.join(ids)}")
            raise UsageError(f"{shown(name)} is not a service level of {period}; {hint}")
        indicator = ids[name].indicator
        if indicator.of_a_whole and value != "unknown" and value > WHOLE:
            raise UsageError(f"{plain(value)} is not a value of {name}: at most {WHOLE} percent")


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
