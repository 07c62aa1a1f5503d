"""What goes to the supplier: bonuses for values better than promised, and earned-back credits."""

from decimal import Decimal
from fractions import Fraction

from quality.contract.pricing import HUNDRED, Bases, exact_value, with_unit
from quality.model.amounts import plain
from quality.model.statement import BonusStep, Earnback
from quality.money.history import Bills, Judged, PeriodVerdicts, earned_in
from quality.money.steps import place


def bonuses_of(bases: Bases, now: PeriodVerdicts) -> tuple[BonusStep, ...]:
    """The bonuses that the period's met service levels earn."""
    found = []
    for verdict in now.verdicts:
        level = now.contract.level(verdict.id)
        value = exact_value(verdict)
        if level is None or level.bonus is None or value is None or verdict.outcome != "met":
            continue
        bonus, unit = level.bonus, verdict.unit
        limit = Fraction(bonus.better_than)
        if not (value > limit if verdict.good == "high" else value < limit):
            continue
        if bonus.amount is not None:
            amount, how = bases.rounded(Fraction(bonus.amount)), "fixed bonus"
        else:
            percent = Fraction(bonus.percent or 0)
            amount = bases.rounded(bases.charges * percent / HUNDRED)
            how = f"charges {bases.text(bases.rounded(bases.charges))} x {plain(percent)} %"
        why = (
            f"{level.id}: {with_unit(value, unit)} is better than {with_unit(limit, unit)}. "
            f"{how} = {bases.text(amount)}{place(level.clause)}"
        )
        exact = Decimal(plain(value))
        found.append(
            BonusStep(
                level.id, verdict.name, exact, unit, bonus.better_than, amount, level.clause, why
            )
        )
    return tuple(found)


def earnbacks_of(bases: Bases, judged: Judged, before: Bills) -> tuple[Earnback, ...]:
    """The credits of earlier periods that the last one completes the earning back of.

    ``before``: the statements of the earlier periods. What returns is a share of what was paid.
    """
    rule = judged[-1].contract.credits.earnback
    if rule is None:
        return ()
    found = []
    for number, then in enumerate(before):
        for step in then.steps if then else ():
            met_in = earned_in(judged, step.service_level, number, rule.periods)
            if not met_in or not step.paid:
                continue
            amount = bases.rounded(Fraction(step.paid) * Fraction(rule.share) / HUNDRED)
            period = judged[number].period.id
            why = (
                f"{step.service_level}: expected was met in {', '.join(met_in)}, so "
                f"{plain(rule.share)} % of the {bases.text(step.paid)} paid for "
                f"{period} return = {bases.text(amount)}"
            )
            level, name = step.service_level, step.name
            found.append(Earnback(level, name, period, step.paid, rule.share, amount, met_in, why))
    return tuple(found)
