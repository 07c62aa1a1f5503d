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
            steps.append(_step(bases, failed, kind.price(bases, failed), common))
    return once_an_event(now, steps, "charged", bases.rounded(Fraction(0)))


def failed_levels(now: PeriodVerdicts) -> Iterator[tuple[CreditKind, Failure]]:
    """The critical service levels that failed and carry a credit, in the contract's order."""
    for verdict in now.verdicts:
        level = now.contract.level(verdict.id)
        rule = level.credit if level else None
        if level and rule and verdict.outcome == "failed" and verdict.level_class == "critical":
            kind = CREDIT_KINDS[rule.kind]
            failed = failure(verdict, level, rule, rule.target or kind.target)
            if failed is not None:
                yield kind, failed


def common_of(now: PeriodVerdicts, failed: Failure, times: tuple[Decimal, str]) -> dict[str, Any]:
    """The fields of a ``FailureStep``, ``times`` being its multiplier and the reason for it; the
    event is the ledger's, else the contract's group, else ""."""
    level = failed.level
    events = (event for event, levels in now.events if level.id in levels)
    return {
        "service_level": failed.verdict.id,
        "name": failed.verdict.name,
        "value": None if failed.value is None else Decimal(plain(failed.value)),
        "unit": failed.verdict.unit,
        "limit": failed.limit,
        "shortfall": None if failed.shortfall is None else Decimal(plain(failed.shortfall)),
        "multiplier": times[0],
        "multiplier_reason": times[1],
        "event": min(events, default=level.event_group),
        "clause": level.clause,
    }


def once_an_event(
    now: PeriodVerdicts, steps: Sequence[Step], key: str, nothing: Decimal
) -> tuple[Step, ...]:
    """The steps as the contract's single-event rule charges them: of an event the one with the
    highest ``key``, of equals the first by name, so that the contract's order never matters."""
    if now.contract.credits.single_event != "highest":
        return tuple(steps)
    charged: dict[str, str] = {}
    for step in sorted(steps, key=lambda step: (-getattr(step, key), step.service_level)):
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
        amount=amount,
        charged=amount,
        paid=bases.rounded(Fraction(0)),
        explanation=f"{failed.sentence()}{price.how}{again}{most} = {bases.text(amount)}"
        f"{place(level.clause)}",
    )


def place(clause: str) -> str:
    """The clause behind an explanation, in brackets."""
    return f" ({clause})" if clause else ""
