"""What goes to the supplier: bonuses for values better than promised, and earned-back credits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from quality.contract.contract import Contract
from quality.contract.pricing import HUNDRED, Bases, exact_value, with_unit
from quality.model.amounts import plain
from quality.model.statement import BonusStep, CreditStatement, Earnback
from quality.money.history import PeriodVerdicts, earned_in
from quality.money.steps import place


def bonuses_of(contract: Contract, bases: Bases, now: PeriodVerdicts) -> tuple[BonusStep, ...]:
    """The bonuses that the period's met service levels earn."""
    found = []
    for verdict in now.verdicts:
        level = contract.level(verdict.id)
        value = exact_value(verdict)
        if level is None or level.bonus is None or value is None or verdict.outcome != "met":
            continue
        limit = Fraction(level.bonus.better_than)
        if not (value > limit if verdict.good == "high" else value < limit):
            continue
        if level.bonus.amount is not None:
            amount, how = bases.rounded(Fraction(level.bonus.amount)), "fixed bonus"
        else:
            percent = Fraction(level.bonus.percent or 0)
            amount = bases.rounded(bases.charges * percent / HUNDRED)
            how = f"charges {bases.text(bases.rounded(bases.charges))} x {plain(percent)} %"
        sentence = (
            f"{verdict.id}: {with_unit(value, verdict.unit)} is better than "
            f"{with_unit(limit, verdict.unit)}. {how} = {bases.text(amount)}{place(level.clause)}"
        )
        found.append(
            BonusStep(
                service_level=verdict.id,
                name=verdict.name,
                value=Decimal(plain(value)),
                unit=verdict.unit,
                better_than=level.bonus.better_than,
                amount=amount,
                clause=level.clause,
                explanation=sentence,
            )
        )
    return tuple(found)


def earnbacks_of(
    contract: Contract,
    bases: Bases,
    judged: Sequence[PeriodVerdicts],
    before: Sequence[CreditStatement | None],
) -> tuple[Earnback, ...]:
    """The credits of earlier periods that the last one completes the earning back of.

    ``before``: the statements of the earlier periods. What returns is a share of what was paid.
    """
    rule = contract.credits.earnback
    if rule is None:
        return ()
    found = []
    for number, then in enumerate(before):
        for step in then.steps if then else ():
            met_in = earned_in(judged, step.service_level, number, rule.periods)
            if not met_in or not step.paid:
                continue
            amount = bases.rounded(Fraction(step.paid) * Fraction(rule.share) / HUNDRED)
            sentence = (
                f"{step.service_level}: expected was met in {', '.join(met_in)}, so "
                f"{plain(rule.share)} % of the {bases.text(step.paid)} paid for "
                f"{judged[number].period.id} return = {bases.text(amount)}"
            )
            found.append(
                Earnback(
                    service_level=step.service_level,
                    name=step.name,
                    period=judged[number].period.id,
                    paid=step.paid,
                    share=rule.share,
                    amount=amount,
                    met_in=met_in,
                    explanation=sentence,
                )
            )
    return tuple(found)
