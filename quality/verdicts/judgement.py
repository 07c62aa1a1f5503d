"""A contract judged over all its periods: verdicts, and the money that follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quality.catalogue.recipes import load_recipe
from quality.contract.amendments import Family
from quality.contract.sections.levels import ServiceLevel
from quality.model.closing import PeriodState
from quality.model.evaluation import Evaluation, PastPeriod, Snapshot, counting
from quality.model.relief import ReliefEvent
from quality.model.scorecard import Scorecard
from quality.model.statement import CreditStatement
from quality.model.verdict import Outcome, Period, TrendPoint, Verdict, overall
from quality.money.draws import Draws
from quality.money.history import PeriodVerdicts
from quality.money.improvement import in_force
from quality.money.statement import statement
from quality.verdicts.history import History
from quality.verdicts.relief import (
    Relieved,
    credit_notes,
    effects,
    relief_event,
    relieved,
    waivers,
    without_entry,
    without_relief,
)
from quality.verdicts.scorecard.notices import disputed, judged_with, records


@dataclass(frozen=True, slots=True)
class _Before:
    """The periods before the judged one, oldest first: their verdicts, and what they came to."""

    family: Family
    judged: list[PeriodVerdicts]
    past: list[PastPeriod]
    draws: Draws

    def credits(self, now: PeriodVerdicts) -> CreditStatement | None:
        """The statement of the period that follows."""
        bills = [each.credits for each in self.past]
        draws = self.draws.get(now.period.id, ())
        return statement([*self.judged, now], bills, self.family, draws)


def judge(
    history: History,
    closed: Mapping[str, Evaluation],
    scorecard: Scorecard,
    snapshots: tuple[Snapshot, ...],
) -> Evaluation:
    """Judge a request's last period after those before it, from which its money follows; of those
    that are ``closed`` the frozen verdicts and credits stand. ``scorecard`` and ``snapshots`` are
    what is shown below."""
    request = history.request
    before = _Before(request.family, [], [], dict(request.draws or ()))
    for each in request.periods[:-1]:
        _add(before, history, each, closed.get(each.id))
    contract, period = request.contract, request.period
    found = list(_relieved(history, period, before.judged))
    verdicts = tuple(
        replace(each.verdict, trend=_trend(each.level, before.judged)) for each in found
    )
    now = judged_with(request, period, verdicts)
    credits = without = before.credits(now)
    if credits and (now.notices.excused or any(verdict.without for verdict in verdicts)):
        bare = replace(now.notices, excused=())
        without = before.credits(replace(now, verdicts=without_relief(verdicts), notices=bare))
    return Evaluation(
        contract_id=request.base.id,
        contract_digest=contract.digest,
        customer=contract.customer,
        supplier=contract.supplier,
        minimum_measured=contract.minimum_measured,
        period=period,
        recipe=load_recipe(*contract.measured_by).info,
        snapshots=snapshots,
        service_levels=verdicts,
        outcome=whole_outcome(verdicts, snapshots),
        scorecard=scorecard,
        state=request.state,
        disputed_until=request.disputed_until,
        as_of=request.today,
        amendment="" if contract is request.base else contract.id,
        ledger_digest=request.ledger.digest,
        excusals=tuple(_relief_events(history, found, now, credits, before)),
        credit_notes=credit_notes(request, period),
        waivers=waivers(request),
        disputes=disputed(request, period, credits),
        notices=records(request, now, credits),
        claim_until=now.notices.claim_until,
        unclaimed=now.notices.unclaimed,
        credits=credits,
        credits_without=without,
        past=tuple(before.past),
    )


def verdicts_of(history: History, closed: Mapping[str, Evaluation]) -> list[PeriodVerdicts]:
    """A request's periods with their verdicts alone, those of ``closed`` ones as they stand."""
    judged: list[PeriodVerdicts] = []
    for period in history.request.periods:
        frozen = closed.get(period.id)
        found = (each.verdict for each in _relieved(history, period, judged)) if not frozen else ()
        verdicts = frozen.service_levels if frozen else tuple(found)
        judged.append(judged_with(history.request, period, verdicts))
    return judged


def whole_outcome(verdicts: Sequence[Verdict], snapshots: Sequence[Snapshot]) -> Outcome:
    """The contract's outcome; with no critical service level to say so, a repository that nobody
    could read must still not read as met, and neither must records that nobody did."""
    if any(verdict.level_class == "critical" for verdict in verdicts):
        return overall(verdicts)
    read = all(snapshot.commit for snapshot in snapshots)
    known = bool(snapshots) or any(verdict.outcome != "unknown" for verdict in verdicts)
    return "met" if read and known else "unknown"


def _add(before: _Before, history: History, period: Period, frozen: Evaluation | None) -> None:
    """Judge one of the earlier periods; a frozen one stands as it was closed."""
    if frozen:
        verdicts, excused = frozen.service_levels, sum(each.counts for each in frozen.excusals)
    else:
        found = list(_relieved(history, period, before.judged))
        verdicts = tuple(each.verdict for each in found)
        excused = len({entry.id for each in found if each.taken for entry in each.relief.entries})
    judged = judged_with(history.request, period, verdicts)
    bill = (frozen and frozen.credits) or before.credits(judged)
    outcomes = tuple((verdict.id, verdict.outcome) for verdict in verdicts)
    state: PeriodState = "closed" if frozen else ""
    before.judged.append(judged)
    notes = frozen.credit_notes if frozen else credit_notes(history.request, period)
    raised = frozen.disputes if frozen else disputed(history.request, period, bill)
    whole = overall(verdicts)
    before.past.append(
        PastPeriod(period, whole, outcomes, bill, state, excused, counting(notes), raised)
    )


def _relieved(
    history: History, period: Period, earlier: Sequence[PeriodVerdicts]
) -> Iterator[Relieved]:
    """The service levels of a period, by the limits that ``earlier`` periods may have improved."""
    contract = history.request.of(period)
    named = dict.fromkeys(
        level.party for level in contract.service_levels if not level.indicator.of
    )
    states = {party: history.states(period, party=party) for party in named}
    alike = [each for each in earlier if each.contract is contract]
    for level in contract.service_levels:
        whose = states.get(level.party, [])
        yield relieved(history, in_force(contract, level, alike), period, whose)


def _trend(level: ServiceLevel, earlier: Sequence[PeriodVerdicts]) -> tuple[TrendPoint, ...]:
    """A service level's values as they stood in earlier periods; None: unknown, or it was another
    indicator's."""
    return tuple(_point(each.period.id, each.of(level.id), level) for each in earlier)


def _point(period: str, then: Verdict | None, level: ServiceLevel) -> TrendPoint:
    if then is None or then.indicator != level.indicator.id:
        return TrendPoint(period, None)
    value, part = then.measured.value if then.measured else None, then.decided_by
    return TrendPoint(
        period,
        value,
        repository=part.repository if part else "",
        decided=part.measured.value if part and part.measured else None,
        expected=then.expected,
        minimum=then.minimum,
    )


def _relief_events(
    history: History,
    found: Sequence[Relieved],
    now: PeriodVerdicts,
    credits: CreditStatement | None,
    before: _Before,
) -> Iterator[ReliefEvent]:
    """The entries that concern the judged period, each with the amount by which it lowers the
    period's credit, the others standing. The sum may be less than what all do together, or more:
    caps join them."""
    request = history.request
    by_level = [effects(history, each) for each in found]
    for claim in request.claims[request.period.id]:
        own = [each[claim.entry.id] for each in by_level if claim.entry.id in each]
        amount = None
        if credits and credits.has_money:
            then = without_entry(now.verdicts, [undone for _, undone in own])
            rest = now.notices.without(claim.entry.id)
            bill = before.credits(replace(now, verdicts=then, notices=rest))
            amount = bill.total - credits.total if bill else None
        yield relief_event(claim, tuple(effect for effect, _ in own), amount, now)
