"""Consequences that are not money: which of the contract's triggers the last period pulls.

A trigger is pulled in the period whose own failure (points, credit) completes the count; a period
without one pulls nothing, however many lie behind it. It is due ``due_days`` calendar days after
the period's last day.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from quality.contract.sections.terms import Clause, Trigger
from quality.model.amounts import plain, rounded, text
from quality.model.statement import Consequence, CreditStatement, ShownClause
from quality.money.history import FAILURES, Judged, PeriodVerdicts, failures


def consequences(judged: Judged, bills: Sequence[CreditStatement]) -> tuple[Consequence, ...]:
    """All that is due in the last period; ``bills`` of the same periods, oldest first, the last
    one still without consequences."""
    contract, end = judged[-1].contract, judged[-1].period.end
    currency = contract.charges.currency if contract.charges else ""
    found: list[Consequence] = []
    for trigger in contract.consequences:
        days = trigger.due_days
        due = None if days is None else end + timedelta(days=days)
        found += (
            Consequence(trigger.kind, level, due, trigger.text, trigger.clause, why)
            for level, why in _pulled(trigger, judged, bills[-trigger.of :], currency)
        )
    return tuple(found)


def shown_clauses(now: PeriodVerdicts, due: Sequence[Consequence]) -> tuple[ShownClause, ...]:
    """The clauses that apply in a period, and why."""
    reasons = ((each, _why_shown(each.applies_to, now, due)) for each in now.contract.clauses)
    return tuple(
        ShownClause(_titled(each), each.text, why, each.rate) for each, why in reasons if why
    )


def _titled(clause: Clause) -> str:
    """A clause's heading with its rate: Interest on late payment, 9 %."""
    return clause.title if clause.rate is None else f"{clause.title}, {plain(clause.rate)} %"


def _pulled(
    trigger: Trigger, judged: Judged, bills: Sequence[CreditStatement], money: str
) -> Iterator[tuple[str, str]]:
    names = " to ".join(dict.fromkeys((bills[0].period, bills[-1].period)))
    named = trigger.service_levels
    whose = f" of {', '.join(named)}" if named else ""
    if trigger.points is not None:
        counted = [_points(each, named) for each in bills]
        if counted[-1] and sum(counted) >= trigger.points:
            yield "", f"{plain(sum(counted, Decimal(0)))} service points{whose} in {names}"
    elif trigger.credits is not None:
        credits = [_credits(each, named) for each in bills]
        total = sum(credits, Decimal(0))
        base = _charged(bills, trigger.of)
        if credits[-1] and total * 100 >= trigger.credits * base:
            share = f"{plain(trigger.credits)} % of the charges of {text(base, money)}"
            more = f" that {trigger.of} periods cost" if len(bills) < trigger.of else ""
            yield "", f"credits{whose} of {text(total, money)} in {names} reach {share}{more}"
    elif trigger.failures is not None:
        yield from _failures(trigger, trigger.failures, judged)


def _charged(bills: Sequence[CreditStatement], of: int) -> Decimal:
    """The charges of so many periods; at the term's beginning, where there are not so many yet,
    each to come costs what those so far do on the average."""
    whole = sum((each.charges for each in bills), Decimal(0))
    if len(bills) >= of:
        return whole
    return rounded(Fraction(whole) * of / len(bills), bills[-1].minor_digits, bills[-1].rounding)


def _points(bill: CreditStatement, named: Sequence[str]) -> Decimal:
    """The service points of a period, or those of the service levels that a trigger names."""
    if not named:
        return bill.points_total
    steps = (step.charged_points for step in bill.points if step.service_level in named)
    return sum(steps, Decimal(0))


def _credits(bill: CreditStatement, named: Sequence[str]) -> Decimal:
    """The credit of a period, or the shares of it that fall on the service levels named."""
    if not named:
        return bill.total
    return sum((step.paid for step in bill.steps if step.service_level in named), Decimal(0))


def _failures(trigger: Trigger, enough: int, judged: Judged) -> Iterator[tuple[str, str]]:
    fails_now, all_periods = False, list[str]()
    for verdict in judged[-1].verdicts:
        named = trigger.service_levels
        if verdict.id not in named if named else verdict.level_class != "critical":
            continue
        periods = failures(judged, verdict.id, trigger.below, trigger.of)
        now = verdict.outcome in FAILURES[trigger.below]
        if not trigger.across and now and len(periods) >= enough:
            yield verdict.id, f"{_count(len(periods), trigger)}: {', '.join(periods)}"
        fails_now |= now
        all_periods += [f"{verdict.id} in {period}" for period in periods]
    if trigger.across and fails_now and len(all_periods) >= enough:
        yield "", f"{_count(len(all_periods), trigger)}: {', '.join(all_periods)}"


def _count(number: int, trigger: Trigger) -> str:
    times, periods = ("s" if n > 1 else "" for n in (number, trigger.of))
    within = f"within {trigger.of} period{periods}"
    return f"{number} failure{times} worse than {trigger.below} {within}"


def _why_shown(applies_to: Sequence[str], now: PeriodVerdicts, due: Sequence[Consequence]) -> str:
    if not applies_to:
        return "applies always"
    reasons = [f"{v.id} is failed" for v in now.verdicts
               if v.id in applies_to and v.outcome == "failed"]  # fmt: skip
    kinds = dict.fromkeys(each.kind for each in due if each.kind in applies_to)
    reasons += [f"{kind.replace('_', ' ')} is due" for kind in kinds]
    return "; ".join(reasons)
