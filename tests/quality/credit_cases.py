"""Contracts with money, and the verdicts of their periods, for the tests of credits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from quality.contract.contract import Contract
from quality.contract.file import parse_contract
from quality.contract.periods import periods
from quality.model.statement import CreditStatement
from quality.model.verdict import Measured, Outcome, Verdict
from quality.money.history import PeriodVerdicts
from quality.money.statement import statement
from quality.verdicts.limits import compare

HEAD = """\
format: workmanship.contract/1
contract:
  id: ACME-2026-01
  customer: Northwind Retail
  supplier: Acme Software
  starts: {starts}
  ends: {ends}
  period: {period}
  timezone: Europe/Berlin
  recipe: "2026.2"
repositories:
  - {{name: billing, url: ./billing, branch: main}}
"""
Value = Decimal | tuple[int, int] | Outcome  # a value, numerator and denominator, or an outcome
MET: Value = "met"


def contract(
    sections: str,
    period: str = "month",
    starts: str = "2026-01-01",
    ends: str = "2028-12-31",
    head: str = "",
) -> Contract:
    """A contract of these sections; ``head``: one more key of ``contract:``."""
    text = HEAD.format(period=period, starts=starts, ends=ends) + sections
    text = text.replace("repositories:\n", f"  {head}\nrepositories:\n", 1) if head else text
    return parse_contract(text.encode(), Path("acme.contract.yaml"))


def verdict(of: Contract, service_level: str, value: Value) -> Verdict:
    """A verdict on a value; a bare outcome takes a value that fits it, for met the expected one."""
    level = next(each for each in of.service_levels if each.id == service_level)
    assert level.expected is not None
    assert level.minimum is not None
    scale = level.indicator.scale
    outcome: Outcome
    if isinstance(value, str):
        outcome, exact = value, Fraction(level.expected)
        if outcome == "failed":
            exact = Fraction(level.minimum) + (1 if level.indicator.good == "low" else -1)
        elif outcome == "below_expected":
            exact = Fraction(level.minimum)
    else:
        exact = scale * Fraction(*value) if isinstance(value, tuple) else Fraction(value)
        outcome = compare(exact, level)
    of_scale = exact / scale
    measured = Measured(of_scale.numerator, of_scale.denominator, scale)
    return Verdict(
        id=level.id,
        name=level.name,
        level_class=level.level_class,
        indicator=level.indicator.id,
        parameters=level.parameters,
        measured=None if outcome == "unknown" else measured,
        unit=level.indicator.unit,
        good=level.indicator.good,
        expected=level.expected,
        minimum=level.minimum,
        outcome=outcome,
        reason="",
        repositories=(),
        trend=(),
        scope=level.scope,
    )


def judged(of: Contract, *values: Mapping[str, Value]) -> list[PeriodVerdicts]:
    """The verdicts of the contract's first periods, one mapping a period; who is not named met."""
    every = periods(of, date(2099, 1, 1))
    return [
        PeriodVerdicts(
            replace(period, to_date=False),
            of,
            tuple(verdict(of, level.id, each.get(level.id, MET)) for level in of.service_levels),
        )
        for period, each in zip(every, values, strict=False)
    ]


def bills(of: Contract, *values: Mapping[str, Value]) -> list[CreditStatement]:
    """The statements of the contract's first periods."""
    return known(statements(judged(of, *values)))


def statements(
    judged: Sequence[PeriodVerdicts], closed: Mapping[str, CreditStatement] | None = None
) -> tuple[CreditStatement | None, ...]:
    """The statements of all periods, those of closed ones as they were closed."""
    found: list[CreditStatement | None] = []
    for number, now in enumerate(judged, 1):
        stands = (closed or {}).get(now.period.id)
        found.append(stands or statement(judged[:number], found))
    return tuple(found)


def known(found: Sequence[CreditStatement | None]) -> list[CreditStatement]:
    assert all(found)
    return [each for each in found if each]


def amounts(bill: CreditStatement) -> dict[str, Decimal]:
    return {step.service_level: step.amount for step in bill.steps}


def d(number: str) -> Decimal:
    return Decimal(number)
