"""Consequences that are not money: which of the contract's triggers the last period pulls.

A trigger is pulled in the period whose own failure (points, credit) completes the count; a period
without one pulls nothing, however many lie behind it. It is due ``due_days`` calendar days after
the period's last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from quality.contract.contract import Contract
from quality.contract.terms import Trigger
from quality.model.amounts import plain, text
from quality.model.statement import Consequence, ShownClause
from quality.money.history import FAILURES, PeriodVerdicts, failures


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """What triggers need of a period's statement: points, credits and charges."""

    period: str
    points: Decimal
    total: Decimal
    charges: Decimal


def consequences(
    contract: Contract, judged: Sequence[PeriodVerdicts], sums: Sequence[PeriodSums]
) -> tuple[Consequence, ...]:
    """All that is due in the last period; ``sums`` of the same periods, oldest first."""
    currency = contract.charges.currency if contract.charges else ""
    found: list[Consequence] = []
    for trigger in contract.consequences:
        pulled = _pulled(trigger, judged, sums[-trigger.of :], currency)
        found += (_due(trigger, judged, level, why) for level, why in pulled)
    return tuple(found)


def shown_clauses(
    contract: Contract, now: PeriodVerdicts, due: Sequence[Consequence]
) -> tuple[ShownClause, ...]:
    """The clauses that apply in a period, and why."""
    found = []
    for clause in contract.clauses:
        if why := _why_shown(clause.applies_to, now, due):
            found.append(ShownClause(clause.title, clause.text, why))
    return tuple(found)


def _pulled(
    trigger: Trigger, judged: Sequence[PeriodVerdicts], sums: Sequence[PeriodSums], currency: str
) -> Iterator[tuple[str, str]]:
    if trigger.points is not None:
        total = sum((each.points for each in sums), Decimal(0))
        if sums[-1].points and total >= trigger.points:
            yield "", f"{plain(total)} service points in {_names(sums)}"
    elif trigger.credits is not None:
        total, base = (sum((getattr(each, key) for each in sums), Decimal(0))
                       for key in ("total", "charges"))  # fmt: skip
        if sums[-1].total and total * 100 >= trigger.credits * base:
            yield (
                "",
                f"credits of {text(total, currency)} in {_names(sums)} reach "
                f"{plain(trigger.credits)} % of the charges of {text(base, currency)}",
            )
    elif trigger.failures is not None:
        yield from _failures(trigger, trigger.failures, judged)


def _failures(
    trigger: Trigger, enough: int, judged: Sequence[PeriodVerdicts]
) -> Iterator[tuple[str, str]]:
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
    times = f"{number} failure{'s' if number > 1 else ''}"
    return f"{times} worse than {trigger.below} within {trigger.of} period" + (
        "s" if trigger.of > 1 else ""
    )


def _due(
    trigger: Trigger, judged: Sequence[PeriodVerdicts], service_level: str, why: str
) -> Consequence:
    days = trigger.due_days
    due = None if days is None else judged[-1].period.end + timedelta(days=days)
    return Consequence(trigger.kind, service_level, due, trigger.text, trigger.clause, why)


def _why_shown(applies_to: Sequence[str], now: PeriodVerdicts, due: Sequence[Consequence]) -> str:
    if not applies_to:
        return "applies always"
    reasons = [f"{v.id} is failed" for v in now.verdicts
               if v.id in applies_to and v.outcome == "failed"]  # fmt: skip
    kinds = dict.fromkeys(each.kind for each in due if each.kind in applies_to)
    reasons += [f"{kind.replace('_', ' ')} is due" for kind in kinds]
    return "; ".join(reasons)


def _names(sums: Sequence[PeriodSums]) -> str:
    return sums[0].period if len(sums) == 1 else f"{sums[0].period} to {sums[-1].period}"
