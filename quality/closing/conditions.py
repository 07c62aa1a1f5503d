"""What must hold before a period is closed: in order, in time, measured, and known.

What both parties waive stands in the ledger, as an entry of kind ``closing`` for the period that
both approved after its end.
"""

from collections.abc import Collection
from datetime import timedelta

from quality.contract.ledger.entries import Waived
from quality.contract.ledger.ledger import excuses_days
from quality.contract.periods import period_end_instant
from quality.errors import MeasureError, UsageError
from quality.model.evaluation import Evaluation
from quality.store.database import Store
from quality.verdicts.history import PENDING, read_snapshots
from quality.verdicts.request import Request

ONE_DAY = timedelta(days=1)
_ENTRY = "an entry of the ledger that both parties approved, kind: closing, with waives:"


def may_be_closed(request: Request, closed: Collection[str], agreed: bool) -> None:
    """UsageError: the period has not ended, one before it is open, its dispute window is open, or
    ``agreed`` is said and the ledger does not show it."""
    period = request.period
    if request.state == "provisional":
        raise UsageError(f"{period.id} has not ended: its last day is {period.end}")
    before = [each.id for each in request.periods[:-1] if each.id not in closed]
    if before:
        raise UsageError(
            f"{before[0]} is not closed: close it before {period.id}, for what a period costs "
            f"rests on those before it. What cannot be measured is closed as it is by {_ENTRY} "
            f"[measurement] and period: {before[0]}"
        )
    signed, why = _waived(request, "dispute_window")
    if agreed and not signed:
        raise UsageError(
            f"--agreed needs {_ENTRY} [dispute_window] and period: {period.id}"
            f"{f' ({why})' if why else ''}"
        )
    until = request.disputed_until
    if request.state == "dispute_window_open" and until and not agreed:
        raise UsageError(
            f"the dispute window of {period.id} is open until {until}: close it from "
            f"{until + ONE_DAY} on, or with --agreed once both parties agree"
        )


def is_measured(store: Store, request: Request, evaluation: Evaluation) -> None:
    """MeasureError: a repository was not read since the period ended, or a critical service level
    is unknown, unless both parties waive it."""
    signed, why = _waived(request, "measurement")
    if signed:
        return
    _is_read(store, request, evaluation)
    rules = request.contract.closing
    unknown = [
        f"{each.id} ({each.reason})"
        for each in evaluation.service_levels
        if each.level_class == "critical" and each.outcome == "unknown"
    ]
    if unknown and not (rules and rules.unknown == "accepted"):
        raise MeasureError(
            f"not known in {request.period.id}: {'; '.join(unknown)}. Close it unknown by {_ENTRY} "
            f"[measurement]{f' ({why})' if why else ''}, or agree on closing: {{unknown: accepted}}"
        )


def is_settled(request: Request, evaluation: Evaluation) -> None:
    """UsageError: something of the period is in dispute."""
    period = request.period.id
    for each in evaluation.disputes:
        if each.state == "open":
            lapses = f", or wait until it lapses after {each.lapses}" if each.lapses else ""
            raise UsageError(
                f"{each.id} disputes {period} and is open: settle it by an entry of the ledger "
                f"that both parties approved, kind: settlement{lapses}"
            )


def is_claimed(request: Request, evaluation: Evaluation) -> None:
    """UsageError: credits of the period still lapse unless the customer claims them."""
    until, today, bill = evaluation.claim_until, request.today, evaluation.credits
    if until is None or today is None or today > until or bill is None:
        return
    claims = [each for each in evaluation.notices if each.kind == "claim" and not each.why_not]
    named = [each.service_levels for each in claims]
    waiting = [
        step.service_level or "service points"
        for step in bill.steps
        if step.charged and not any(not each or step.service_level in each for each in named)
    ]
    if waiting:
        raise UsageError(
            f"credits of {request.period.id} lapse unless they are claimed until {until}: "
            f"{', '.join(waiting)}. Close it once they are claimed, or from {until + ONE_DAY} on"
        )


def is_shared(request: Request, evaluation: Evaluation) -> None:
    """MeasureError: it is not known what other contracts take of the cap of its framework."""
    cap = evaluation.credits.framework if evaluation.credits else None
    if cap is None or not cap.uncertain:
        return
    names = [f"{e.period} of {e.contract}" for e in cap.draws if e.most > e.amount]
    raise MeasureError(
        f"the credit of {request.period.id} depends on what is not known: {', '.join(names)} share "
        f"the cap of {cap.id}. Measure these, or close them first"
    )


def _waived(request: Request, what: Waived) -> tuple[bool, str]:
    return request.ledger.waived(what, request.period.id, request.today)


def _is_read(store: Store, request: Request, evaluation: Evaluation) -> None:
    contract, period = request.contract, request.period
    (snapshots,) = read_snapshots(store, [request])
    ended = period_end_instant(period, contract.timezone)
    excused = [
        each.entry
        for each in request.claims[period.id]
        if not each.why_not
        and not each.entry.paths
        and not each.entry.service_levels
        and not each.entry.part_of(period)
        and not excuses_days(each.entry, contract, period)
    ]
    pending = {each.repository for each in evaluation.snapshots if each.reason == PENDING}
    for name in request.repositories:
        if any(entry.in_repository(name) for entry in excused):
            continue
        stored = snapshots.of(period, name)
        if stored.read_at is None or name in pending:
            reason = PENDING if stored.read_at else stored.reason
            raise MeasureError(f"{name}: {reason}, then close {period.id}")
        if stored.read_at < ended:
            raise MeasureError(
                f"{name}: last read on {stored.read_at:%Y-%m-%d %H:%M} UTC, before {period.id} "
                f"ended: run `workmanship measure`, then close it"
            )
