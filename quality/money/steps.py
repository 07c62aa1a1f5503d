"""A failed service level to its money: the textbook's line, before any cap.

    credit = base x rate x multiplier

The base is the at-risk amount or the charges, both of the period. Products are exact; the amount is
rounded once, at the end of the line, by the contract's rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from quality.contract.credit_kinds import CREDIT_KINDS, CreditKind
from quality.contract.pricing import Bases, Failure, Price, failure
from quality.contract.sections.levels import ServiceLevel
from quality.model.amounts import plain
from quality.model.statement import CreditStep, FailureStep
from quality.money.history import Judged, PeriodVerdicts, multiplier

Step = TypeVar("Step", bound=FailureStep)
_ONCE = {
    "charged": "not charged: the same event ({}) is charged once, as {}",
    "charged_points": "not counted: the same event ({}) counts once, as {}",
}


def credit_steps(bases: Bases, judged: Judged) -> tuple[CreditStep, ...]:
    """The steps of the last period: one for each failed critical service level with a credit,
    in the contract's order, the single-event rule applied."""
    now = judged[-1]
    steps = []
    for kind, failed in failed_levels(now):
        if kind.price is not None:
            times = multiplier(judged, failed.level.id, now.contract.credits)
            common = common_of(now, failed, times)
            days = now.notices.excused_days(failed.level.id, now.period)
            price = _parted(_less(bases, kind.price(bases, failed), days), failed.level)
            step = _step(bases, failed, price, common)
            if days[0]:
                step = replace(step, excused_days=days[0], days=bases.days)
            _, notice = now.level(failed.level.id)
            set_by = f"; the allocation is that of notice {notice}" if notice else ""
            step = replace(step, explanation=f"{step.explanation}{set_by}")
            steps.append(claimed(now, step, bases.rounded(Fraction(0))))
    return once_an_event(now, steps, "charged", bases.rounded(Fraction(0)))


def failed_levels(now: PeriodVerdicts) -> Iterator[tuple[CreditKind, Failure]]:
    """The critical service levels that failed and carry a credit, in the contract's order."""
    for verdict in now.verdicts:
        level, _ = now.level(verdict.id)
        rule = level.credit if level else None
        if level and rule and verdict.outcome == "failed" and verdict.level_class == "critical":
            kind = CREDIT_KINDS[rule.kind]
            failed = failure(verdict, level, rule, rule.target or kind.target)
            if failed is not None:
                yield kind, failed


def common_of(now: PeriodVerdicts, failed: Failure, times: tuple[Decimal, str]) -> dict[str, Any]:
    """The fields of a ``FailureStep``, ``times`` being its multiplier and the reason for it."""
    level = failed.level
    return {
        "service_level": failed.verdict.id,
        "name": failed.verdict.name,
        "value": None if failed.value is None else Decimal(plain(failed.value)),
        "unit": failed.verdict.unit,
        "limit": failed.limit,
        "shortfall": None if failed.shortfall is None else Decimal(plain(failed.shortfall)),
        "multiplier": times[0],
        "multiplier_reason": times[1],
        "event": now.events.get(level.id, ""),
        "clause": level.clause,
    }


def once_an_event(
    now: PeriodVerdicts, steps: Sequence[Step], key: str, nothing: Decimal
) -> tuple[Step, ...]:
    """The steps as the contract's single-event rule charges them: of an event the one that the
    customer chose, else the one with the highest ``key``, of equals the first by name, so that the
    contract's order never matters."""
    if not now.contract.credits.once:
        return tuple(steps)
    charged: dict[str, str] = {}
    costing = {step.service_level: step for step in steps if getattr(step, key)}
    chosen = [costing[name] for name in now.notices.chosen if name in costing]
    highest = sorted(steps, key=lambda step: (-getattr(step, key), step.service_level))
    for step in (*chosen, *highest):
        if step.event:
            charged.setdefault(step.event, step.service_level)
    found = []
    for step in steps:
        instead = charged.get(step.event, step.service_level)
        why = _ONCE[key].format(step.event, instead)
        changes: dict[str, Any] = {key: nothing, "explanation": f"{step.explanation}; {why}"}
        itself = instead == step.service_level
        found.append(step if itself else replace(step, instead=instead, **changes))
    return tuple(found)


def claimed(now: PeriodVerdicts, step: CreditStep, nothing: Decimal) -> CreditStep:
    """A step as it is charged where credits must be claimed: not at all where nobody did."""
    if step.service_level not in now.notices.unclaimed:
        return step
    why = f"{step.explanation}; lapsed: nobody claimed it by {now.notices.claim_until}"
    return replace(step, charged=nothing, explanation=why)


def _less(bases: Bases, price: Price, excused: tuple[int, str]) -> Price:
    """A price for the days of the period that are not excused."""
    days, by = excused
    if not days:
        return price
    left = bases.days - days
    how = f"{price.how} x {left} of {bases.days} days ({days} excused by {by})"
    return replace(price, how=how, share=Fraction(left, bases.days))


def _parted(price: Price, level: ServiceLevel) -> Price:
    """The supplier's part of a price, where several answer for the service level."""
    if level.shared is None:
        return price
    how = f"{price.how} x part {plain(level.shared.percent)} % of {level.shared.id}"
    return replace(price, how=how, share=price.share * level.part)


def _step(bases: Bases, failed: Failure, price: Price, common: dict[str, Any]) -> CreditStep:
    level = failed.level
    factor, reason = common["multiplier"], common["multiplier_reason"]
    exact, most = price.exact * Fraction(factor), ""
    if price.most is not None and exact > price.most:
        exact = price.most
        most = f", at most {bases.text(bases.rounded(exact))}"
    amount = bases.rounded(exact)
    pools = {pool.name: pool.percent for pool in bases.money.pools}
    again = f" x multiplier {plain(factor)} ({reason})" if reason else ""
    return CreditStep(
        **common,
        kind=failed.rule.kind,
        limit_name=failed.limit_name,
        base=bases.rounded(price.base),
        base_name=price.base_name,
        allocation=level.allocation,
        pool_percent=pools.get(level.pool),
        rate=None if price.rate is None else Decimal(plain(price.rate)),
        part=level.shared.percent if level.shared else None,
        amount=amount,
        charged=amount,
        paid=bases.rounded(Fraction(0)),
        explanation=f"{failed.sentence()}{price.how}{again}{most} = {bases.text(amount)}"
        f"{place(level.clause)}",
    )


def place(clause: str) -> str:
    """The clause behind an explanation, in brackets."""
    return f" ({clause})" if clause else ""
