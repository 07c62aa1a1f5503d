"""Service points: each failure's points, and what the points of a period cost.

A service level that also failed in the last period that judged it counts ``repeat`` times, whatever
the severities were; the factor does not grow with a third failure. All points of a period are
summed and priced once, by the last row of the table that they reach.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quality.contract.credit_kinds import points_of
from quality.contract.pricing import HUNDRED, Bases, Failure
from quality.contract.sections.terms import Points
from quality.model.amounts import plain
from quality.model.statement import CreditStep, PointStep
from quality.money.history import Judged, run
from quality.money.steps import common_of, failed_levels, once_an_event, place


def point_steps(judged: Judged) -> tuple[PointStep, ...]:
    """The points of the last period, one step for each failed service level that counts points."""
    points = points_of(judged[-1].contract)
    if points is None:
        return ()
    steps = []
    for kind, failed in failed_levels(judged[-1]):
        if kind.price is None:
            before = run(judged, failed.level.id)[:-1]
            again = (points.repeat, f"also failed in {before[-1]}") if before else (Decimal(1), "")
            steps.append(_step(points, failed, common_of(judged[-1], failed, again)))
    return once_an_event(judged[-1], steps, "charged_points", Decimal(0))


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
        unit="points",
        base=base,
        base_name=whose,
        rate=Decimal(plain(rate)),
        amount=amount,
        charged=amount,
        paid=bases.rounded(Fraction(0)),
        explanation=f"{plain(total)} service points. {whose[0].upper()}{whose[1:]} "
        f"{bases.text(base)} x {plain(rate)} % ({how}) = {bases.text(amount)}",
    )


def _step(points: Points, failed: Failure, common: dict[str, Any]) -> PointStep:
    step = failed.rung()
    severity = (step.severity if step else None) or ""
    base = getattr(points, severity) if severity else (step and step.points) or 0
    factor, reason = common["multiplier"], common["multiplier_reason"]
    total, shared = base * factor, failed.level.shared
    part = ""
    if shared:
        total, part = total * shared.percent / 100, f" x part {plain(shared.percent)} %"
    named = f" ({severity.replace('_', ' ')})" if severity else ""
    again = f" x {plain(factor)} ({reason})" if reason else ""
    return PointStep(
        **common,
        severity=severity,
        base_points=base,
        points=total,
        charged_points=total,
        explanation=f"{failed.sentence()}Service points {base}{named}{again}{part} = {plain(total)}"
        f"{place(failed.level.clause)}",
    )
