"""A contract judged over all its periods: verdicts, and the money that follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quality.contract.levels import ServiceLevel
from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import Excusal
from quality.model.statement import CreditStatement
from quality.model.verdict import Period, TrendPoint, Verdict, overall
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement
from quality.verdicts.history import History
from quality.verdicts.relief import (
    Relieved,
    effects,
    excusal,
    relieved,
    without_entry,
    without_relief,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The last period of a request: its verdicts, what the ledger's entries do to them, its credit
    statement with and without relief (None: no commercial terms), and the periods before it."""

    verdicts: tuple[Verdict, ...]
    excusals: tuple[Excusal, ...]
    credits: CreditStatement | None
    credits_without: CreditStatement | None
    past: tuple[PastPeriod, ...]


@dataclass(frozen=True, slots=True)
class _Before:
    """The periods before the judged one, oldest first: their verdicts, their credit statements,
    and both in short."""

    judged: list[PeriodVerdicts]
    bills: list[CreditStatement | None]
    past: list[PastPeriod]

    def credits(self, now: PeriodVerdicts) -> CreditStatement | None:
        """The statement of the period that follows."""
        return statement([*self.judged, now], self.bills)


def judge(history: History, closed: Mapping[str, Evaluation]) -> Judgement:
    """Judge a request's last period after those before it, from which its money follows; of those
    that are ``closed`` the frozen verdicts and credits stand."""
    request, before = history.request, _Before([], [], [])
    for period in request.periods[:-1]:
        _add(before, history, period, closed.get(period.id))
    contract, period = request.contract, request.period
    found = list(_relieved(history, period, before.judged))
    verdicts = tuple(
        replace(each.verdict, trend=_trend(each.level, before.judged)) for each in found
    )
    credits = before.credits(PeriodVerdicts(period, contract, verdicts))
    without = credits
    if credits and any(verdict.without for verdict in verdicts):
        without = before.credits(PeriodVerdicts(period, contract, without_relief(verdicts)))
    return Judgement(
        verdicts=verdicts,
        excusals=tuple(_excusals(history, found, verdicts, credits, before)),
        credits=credits,
        credits_without=without,
        past=tuple(before.past),
    )


def _add(before: _Before, history: History, period: Period, frozen: Evaluation | None) -> None:
    """Judge one of the earlier periods; a frozen one stands as it was closed."""
    if frozen:
        verdicts, excused = frozen.service_levels, sum(each.counts for each in frozen.excusals)
    else:
        found = list(_relieved(history, period, before.judged))
        verdicts = tuple(each.verdict for each in found)
        excused = len({entry.id for each in found if each.taken for entry in each.entries})
    judged = PeriodVerdicts(period, history.request.of(period), verdicts)
    bill = (frozen and frozen.credits) or before.credits(judged)
    before.judged.append(judged)
    before.bills.append(bill)
    before.past.append(
        PastPeriod(
            period=period,
            outcome=overall(verdicts),
            outcomes=tuple((verdict.id, verdict.outcome) for verdict in verdicts),
            credits=bill,
            state="closed" if frozen else "",
            excused=excused,
        )
    )


def _relieved(
    history: History, period: Period, earlier: Sequence[PeriodVerdicts]
) -> Iterator[Relieved]:
    """The service levels of a period, by the limits that ``earlier`` periods may have improved."""
    contract, states = history.request.of(period), history.states(period)
    alike = [each for each in earlier if each.contract is contract]
    for level in contract.service_levels:
        yield relieved(history, in_force(contract, level, alike), period, states)


def _trend(level: ServiceLevel, earlier: Sequence[PeriodVerdicts]) -> tuple[TrendPoint, ...]:
    """A service level's values as they stood in earlier periods; None: unknown, or it was another
    indicator's."""
    return tuple(TrendPoint(each.period.id, _value(each.of(level.id), level)) for each in earlier)


def _value(then: Verdict | None, level: ServiceLevel) -> float | None:
    same = then and then.indicator == level.indicator.id
    return then.measured.value if then and same and then.measured else None


def _excusals(
    history: History,
    found: Sequence[Relieved],
    verdicts: Sequence[Verdict],
    credits: CreditStatement | None,
    before: _Before,
) -> Iterator[Excusal]:
    """The entries that concern the judged period, each with the amount by which it lowers the
    period's credit, the others standing. The sum may be less than what all do together, or more:
    caps join them."""
    request = history.request
    by_level = [effects(history, each) for each in found]
    for claim in request.claims[request.period.id]:
        own = tuple(each[claim.entry.id] for each in by_level if claim.entry.id in each)
        amount = None
        if credits and credits.has_money:
            then = without_entry(verdicts, own)
            bill = before.credits(PeriodVerdicts(request.period, request.contract, then))
            amount = bill.total - credits.total if bill else None
        yield excusal(claim, own, amount)
