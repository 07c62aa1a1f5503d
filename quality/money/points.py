"""Service points: each failure's points, and what the points of a period cost.

A service level that also failed in the last period that judged it counts ``repeat`` times, whatever
the severities were; the factor does not grow with a third failure. All points of a period are
summed and priced once, by the last row of the table that they reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.credit_kinds import points_of
from quality.contract.levels import ServiceLevel
from quality.contract.pricing import HUNDRED, Bases, Failure
from quality.contract.terms import CreditRule, Points
from quality.model.amounts import plain
from quality.model.statement import CreditStep, PointStep
from quality.money.history import PeriodVerdicts, run
from quality.money.steps import event_of, failed_levels, highest, place


def point_steps(contract: Contract, judged: Sequence[PeriodVerdicts]) -> tuple[PointStep, ...]:
    """The points of the last period, one step for each failed service level that counts points."""
    now, points = judged[-1], points_of(contract)
    if points is None:
        return ()
    steps = []
    for level, rule, kind, failed in failed_levels(contract, now):
        if kind.price is None:
            before = run(judged, level.id)[:-1]
            steps.append(_step(points, level, rule, failed, before, event_of(now, level)))
    if contract.credits.single_event == "highest":
        charged = highest([(s.event, s.service_level, s.points) for s in steps])
        steps = [_single(step, charged) for step in steps]
    return tuple(steps)


def points_credit(
    points: Points, bases: Bases, priced_on: Bases, steps: Sequence[PointStep]
) -> CreditStep | None:
    """The money for all points of a period; None: no points, or the contract gives them no price.
    ``priced_on``: the period whose charges the percentage is of."""
    total = sum((step.charged_points for step in steps), Decimal(0))
    if not total or not (points.table or points.percent_per_point):
        return None
    if points.table:
        rows = [row for row in points.table if total >= row.points]
        rate = Fraction(rows[-1].percent) if rows else Fraction(0)
        how = f"table: from {rows[-1].points} points on" if rows else "under the table's first row"
    else:
        each = points.percent_per_point or Decimal(0)
        rate = Fraction(total) * Fraction(each)
        how = f"{plain(total)} x {plain(each)} %"
    amount = bases.rounded(priced_on.charges * rate / HUNDRED)
    whose = "charges of the next period" if points.of == "next_period" else "charges"
    base = priced_on.rounded(priced_on.charges)
    return CreditStep(
        service_level="",
        name="Service points",
        kind="points",
        value=None,
        unit="points",
        limit=None,
        limit_name="minimum",
        shortfall=None,
        base=base,
        base_name=whose,
        allocation=None,
        pool_percent=None,
        rate=Decimal(plain(rate)),
        multiplier=Decimal(1),
        multiplier_reason="",
        amount=amount,
        event="",
        instead="",
        charged=amount,
        paid=bases.rounded(Fraction(0)),
        clause="",
        explanation=f"{plain(total)} service points. {whose[0].upper()}{whose[1:]} "
        f"{bases.text(base)} x {plain(rate)} % ({how}) = {bases.text(amount)}",
    )


def _step(  # noqa: PLR0913, PLR0917 - what one line of the textbook is made of
    points: Points,
    level: ServiceLevel,
    rule: CreditRule,
    failed: Failure,
    before: Sequence[str],
    event: str,
) -> PointStep:
    step, verdict = failed.rung(rule), failed.verdict
    base: int = 0
    if step is not None:
        base = getattr(points, step.severity) if step.severity else step.points or 0
    factor = points.repeat if before else Decimal(1)
    reason = f"also failed in {before[-1]}" if before else ""
    total = base * factor
    again = f" x {plain(factor)} ({reason})" if reason else ""
    severity = f" ({step.severity.replace('_', ' ')})" if step and step.severity else ""
    return PointStep(
        service_level=verdict.id,
        name=verdict.name,
        value=Decimal(plain(failed.value)),
        unit=verdict.unit,
        limit=failed.limit,
        shortfall=Decimal(plain(failed.shortfall)),
        severity=(step.severity or "") if step else "",
        base_points=base,
        multiplier=factor,
        multiplier_reason=reason,
        points=total,
        event=event,
        instead="",
        charged_points=total,
        clause=level.clause,
        explanation=f"{failed.sentence(rule)}Service points {base}"
        f"{severity}{again} = {plain(total)}{place(level.clause)}",
    )


def _single(step: PointStep, charged: dict[str, str]) -> PointStep:
    instead = charged.get(step.event, step.service_level)
    if instead == step.service_level:
        return step
    return replace(
        step,
        instead=instead,
        charged_points=Decimal(0),
        explanation=f"{step.explanation}; not counted: the same event ({step.event}) counts once, "
        f"as {instead}",
    )
