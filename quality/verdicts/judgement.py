"""A contract judged over all its periods: verdicts, and the money that follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.relief import Effect, Excusal
from quality.model.statement import CreditStatement
from quality.model.verdict import Period, Verdict
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement, statements
from quality.verdicts.relief import Excuser, without_excusals
from quality.verdicts.verdict import overall


@dataclass(frozen=True, slots=True)
class Judgement:
    """The last period of a request: its verdicts with what the ledger's entries do to each, its
    credit statement with and without the period's excusals (None: no commercial terms), and the
    periods before it, whole and in short."""

    verdicts: tuple[Verdict, ...]
    effects: tuple[dict[str, Effect], ...]
    credits: CreditStatement | None
    credits_without: CreditStatement | None
    earlier: tuple[PeriodVerdicts, ...]
    settled: dict[str, CreditStatement]
    past: tuple[PastPeriod, ...]


def judge(excuser: Excuser, closed: Mapping[str, Evaluation] | None = None) -> Judgement:
    """Judge a request's last period, and those before it, from which its money follows; of those
    that are ``closed`` the frozen verdicts and credits stand."""
    request, closed = excuser.history.request, closed or {}
    contract = request.contract
    earlier: list[PeriodVerdicts] = []
    excused: list[int] = []
    for period in request.periods[:-1]:
        if frozen := closed.get(period.id):
            verdicts, count = frozen.service_levels, sum(each.counts for each in frozen.excusals)
        else:
            verdicts, effects = _judged(excuser, period, earlier)
            count = len({name for each in effects for name in each if each[name].taken})
        earlier.append(PeriodVerdicts(period, verdicts, contract=request.of(period)))
        excused.append(count)
    verdicts, effects = _judged(excuser, request.period, earlier)
    now = PeriodVerdicts(request.period, verdicts, contract=contract)
    settled = {name: each.credits for name, each in closed.items() if each.credits}
    settled.pop(request.period.id, None)  # the judged period is computed, whatever was frozen
    bills = statements(contract, [*earlier, now], settled)
    without = bills[-1]
    if without and any(verdict.without for verdict in verdicts):
        bare = replace(now, verdicts=without_excusals(verdicts))
        without = statement(contract, [*earlier, bare], settled)
    past = zip(earlier, bills[:-1], excused, strict=True)
    return Judgement(
        verdicts=verdicts,
        effects=effects,
        credits=bills[-1],
        credits_without=without,
        earlier=tuple(earlier),
        settled=settled,
        past=tuple(
            _past(then, bill, count, closed.get(then.period.id)) for then, bill, count in past
        ),
    )


def _past(
    then: PeriodVerdicts, bill: CreditStatement | None, excused: int, frozen: Evaluation | None
) -> PastPeriod:
    return PastPeriod(
        period=then.period,
        outcome=overall(then.verdicts),
        outcomes=tuple((verdict.id, verdict.outcome) for verdict in then.verdicts),
        credits=bill,
        state="closed" if frozen else "",
        excused=excused,
    )


def priced(excuser: Excuser, judgement: Judgement, found: Sequence[Excusal]) -> tuple[Excusal, ...]:
    """The excusals with the amount by which each one lowers the period's credit, the others
    standing. The sum may be less than what all do together, or more: caps join them."""
    if judgement.credits is None or not judgement.credits.has_money:
        return tuple(found)
    contract, period = excuser.history.request.contract, excuser.history.request.period
    priced_ones = []
    for excusal in found:
        without = _without(judgement.verdicts, excusal)
        then = PeriodVerdicts(period, without, contract=contract)
        bill = statement(contract, [*judgement.earlier, then], judgement.settled)
        amount = bill.total - judgement.credits.total if bill else None
        priced_ones.append(replace(excusal, amount=amount))
    return tuple(priced_ones)


def _without(verdicts: Sequence[Verdict], excusal: Excusal) -> tuple[Verdict, ...]:
    """The verdicts as they were without one entry."""
    effects = {effect.service_level: effect for effect in excusal.effects}
    return tuple(
        replace(v, measured=effect.measured_without, outcome=effect.outcome_without)
        if (effect := effects.get(v.id))
        else v
        for v in verdicts
    )


def _judged(
    excuser: Excuser, period: Period, earlier: Sequence[PeriodVerdicts]
) -> tuple[tuple[Verdict, ...], tuple[dict[str, Effect], ...]]:
    contract = excuser.history.request.of(period)
    alike = [each for each in earlier if each.contract is contract]
    pairs = [
        excuser.verdict(in_force(contract, level, alike), period)
        for level in contract.service_levels
    ]
    return tuple(verdict for verdict, _ in pairs), tuple(effects for _, effects in pairs)
