"""A failed service level to its money: the textbook's line, before any cap.

    credit = base x rate x multiplier

The base is the at-risk amount or the charges, both of the period. Products are exact; the amount is
rounded once, at the end of the line, by the contract's rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.credit_kinds import CREDIT_KINDS, CreditKind
from quality.contract.levels import ServiceLevel
from quality.contract.pricing import Bases, Failure, Price, failure
from quality.contract.terms import CreditRule
from quality.model.amounts import plain
from quality.model.statement import CreditStep
from quality.money.history import PeriodVerdicts, multiplier


def credit_steps(
    contract: Contract, bases: Bases, judged: Sequence[PeriodVerdicts]
) -> tuple[CreditStep, ...]:
    """The steps of the last period: one for each failed critical service level with a credit,
    in the contract's order, the single-event rule applied."""
    now, steps = judged[-1], []
    for level, rule, kind, failed in failed_levels(contract, now):
        if kind.price is not None:
            price = kind.price(bases, level, rule, failed)
            times = multiplier(judged, level.id, contract.credits)
            steps.append(_step(bases, level, rule, failed, price, times, event_of(now, level)))
    if contract.credits.single_event == "highest":
        charged = highest([(s.event, s.service_level, s.amount) for s in steps])
        steps = [_single(step, charged, bases) for step in steps]
    return tuple(steps)


def failed_levels(
    contract: Contract, now: PeriodVerdicts
) -> Iterator[tuple[ServiceLevel, CreditRule, CreditKind, Failure]]:
    """The critical service levels that failed and carry a credit, in the contract's order."""
    for verdict in now.verdicts:
        level = contract.level(verdict.id)
        rule = level.credit if level else None
        if level and rule and verdict.outcome == "failed" and verdict.level_class == "critical":
            kind = CREDIT_KINDS[rule.kind]
            failed = failure(verdict, rule.target or kind.target)
            if failed is not None:
                yield level, rule, kind, failed


def event_of(now: PeriodVerdicts, level: ServiceLevel) -> str:
    """The event that a failure belongs to: the ledger's, else the contract's group, else ""."""
    ids = sorted(event for event, levels in now.events if level.id in levels)
    return ids[0] if ids else level.event_group


def highest(amounts: Sequence[tuple[str, str, Decimal]]) -> dict[str, str]:
    """For each event the service level that is charged: the highest amount, of equals the first
    by name, so that the order of the contract never matters. Input: event, level, amount."""
    best: dict[str, str] = {}
    for event, level, _ in sorted(amounts, key=lambda each: (-each[2], each[1])):
        if event:
            best.setdefault(event, level)
    return best


def _step(  # noqa: PLR0913, PLR0917 - what one line of the textbook is made of
    bases: Bases,
    level: ServiceLevel,
    rule: CreditRule,
    failed: Failure,
    price: Price,
    times: tuple[Decimal, str],
    event: str,
) -> CreditStep:
    verdict, (factor, reason) = failed.verdict, times
    amount = bases.rounded(price.exact * Fraction(factor))
    pools = {pool.name: pool.percent for pool in bases.money.pools}
    again = f" x multiplier {plain(factor)} ({reason})" if reason else ""
    return CreditStep(
        service_level=verdict.id,
        name=verdict.name,
        kind=rule.kind,
        value=Decimal(plain(failed.value)),
        unit=verdict.unit,
        limit=failed.limit,
        limit_name=failed.limit_name,
        shortfall=Decimal(plain(failed.shortfall)),
        base=bases.rounded(price.base),
        base_name=price.base_name,
        allocation=level.allocation,
        pool_percent=pools.get(level.pool),
        rate=None if price.rate is None else Decimal(plain(price.rate)),
        multiplier=factor,
        multiplier_reason=reason,
        amount=amount,
        event=event,
        instead="",
        charged=amount,
        paid=bases.rounded(Fraction(0)),
        clause=level.clause,
        explanation=f"{failed.sentence(rule)}{price.how}{again} = {bases.text(amount)}"
        f"{place(level.clause)}",
    )


def _single(step: CreditStep, charged: dict[str, str], bases: Bases) -> CreditStep:
    instead = charged.get(step.event, step.service_level)
    if instead == step.service_level:
        return step
    return replace(
        step,
        instead=instead,
        charged=bases.rounded(Fraction(0)),
        explanation=f"{step.explanation}; not charged: the same event ({step.event}) is charged "
        f"once, as {instead}",
    )


def place(clause: str) -> str:
    """The clause behind an explanation, in brackets."""
    return f" ({clause})" if clause else ""
