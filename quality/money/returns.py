"""What goes to the supplier: bonuses for values better than promised, and earned-back credits."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from quality.contract.amendments import Family
from quality.contract.periods import contract_year, periods_of_year
from quality.contract.pricing import HUNDRED, Bases, exact_value, with_unit
from quality.contract.sections.terms import EarnbackRule
from quality.model.amounts import plain
from quality.model.statement import BonusStep, CreditStep, Earnback, PointStep
from quality.money.history import Bills, Judged, PeriodVerdicts, earned_in
from quality.money.steps import place

Earned = tuple[tuple[str, ...], str]  # the periods that earned it back, and why


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
            amount, how = bases.rounded(Fraction(bonus.amount) * level.part), "fixed bonus"
        else:
            percent = Fraction(bonus.percent or 0)
            amount = bases.rounded(bases.charges * percent / HUNDRED * level.part)
            how = f"charges {bases.text(bases.rounded(bases.charges))} x {plain(percent)} %"
        if level.shared:
            how = f"{how} x part {plain(level.shared.percent)} % of {level.shared.id}"
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
    if rule is None or rule.periods is None:
        return ()
    found = []
    for number, then in enumerate(before):
        for step in then.steps if then else ():
            levels = _behind(rule, step, then.points if then else ())
            met_in = levels and earned_in(judged, levels, number, rule.periods)
            if met_in and step.paid and not _returned(before, step, judged[number].period.id):
                why = f"expected was met in {', '.join(met_in)}"
                found.append(_back(bases, rule, step, judged[number].period.id, (met_in, why)))
    return tuple(found)


def yearly_earnbacks(
    bases: Bases,
    judged: Judged,
    before: Bills,
    now: tuple[Sequence[CreditStep], Sequence[PointStep]],
    family: Family,
) -> tuple[Earnback, ...]:
    """The credits of a contract year whose average met expected; due in the year's last period.

    Every period of the year counts that judged the service level, once, whatever its size. An
    excused one is passed over; one without a value proves nothing, so that nothing returns.
    ``now``: the steps of that period itself, and those that count its points.
    """
    rule, last = judged[-1].contract.credits.earnback, judged[-1].period
    year, _, _ = contract_year(family.starts, last.end)
    of_year = [each.id for each in periods_of_year(family, year)]
    if rule is None or of_year[-1:] != [last.id]:
        return ()
    billed = [
        (each.period, each.steps, each.points) for each in before if each and each.period in of_year
    ]
    year_judged = [each for each in judged if each.period.id in of_year]
    found = []
    for period, steps, points in (*billed, (last.id, *now)):
        for step in steps:
            levels = _behind(rule, step, points)
            averages = [_average(year_judged, name) for name in levels]
            known = [each for each in averages if each]
            if step.paid and known and known == averages and not _returned(before, step, period):
                why = "; ".join(each for _, each in known)
                found.append(_back(bases, rule, step, period, (known[0][0], why)))
    return tuple(found)


def _behind(rule: EarnbackRule, step: CreditStep, points: Sequence[PointStep]) -> list[str]:
    """The service levels that must earn a credit back: its own; for service points, where the rule
    names them, all that counted any; none: it does not return."""
    if step.service_level:
        return [step.service_level]
    return [each.service_level for each in points if rule.points and each.charged_points]


def _average(of_year: Judged, service_level: str) -> Earned | None:
    """The periods of a year and their average in words, where it met expected."""
    pairs = [(each.period.id, each.of(service_level)) for each in of_year]
    counted = [(period, v) for period, v in pairs if v is not None and v.outcome != "excused"]
    values = [
        None if v.outcome == "unknown" or v.failed_unmeasured else exact_value(v)
        for _, v in counted
    ]
    known = [value for value in values if value is not None]
    if not counted or len(known) != len(counted) or counted[-1][1].expected is None:
        return None
    verdict, expected = counted[-1][1], Fraction(counted[-1][1].expected)
    average = sum(known, Fraction(0)) / len(known)
    if average < expected if verdict.good == "high" else average > expected:
        return None
    met = f"meets the expected {with_unit(expected, verdict.unit)}"
    words = (
        f"the average of {counted[0][0]} to {counted[-1][0]}, {with_unit(average, verdict.unit)},"
    )
    return tuple(period for period, _ in counted), f"{words} {met}"


def _returned(before: Bills, step: CreditStep, period: str) -> bool:
    """Whether a credit has returned before, by whatever rule was in force then."""
    backs = (back for each in before if each for back in each.earnbacks)
    return any((b.service_level, b.period) == (step.service_level, period) for b in backs)


def _back(
    bases: Bases, rule: EarnbackRule, step: CreditStep, period: str, earned: Earned
) -> Earnback:
    met_in, because = earned
    amount = bases.rounded(Fraction(step.paid) * Fraction(rule.share) / HUNDRED)
    why = (
        f"{step.service_level or step.name}: {because}, so {plain(rule.share)} % of the "
        f"{bases.text(step.paid)} paid for {period} return = {bases.text(amount)}"
    )
    level, name = step.service_level, step.name
    return Earnback(level, name, period, step.paid, rule.share, amount, met_in, why)
