"""Closing a period: when it may be, and the one moment from which it is.

The moment is the commit of the database's transaction. Before it only a file of another name may
be left behind; after it the file's final name may be missing, which the next look restores.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from quality.closing.evaluations import evaluations
from quality.closing.records import FORMAT, Body, Closed, digest_of, read_closed, record_file
from quality.contract.contract import Contract
from quality.contract.periods import period_end_instant
from quality.errors import MeasureError, UsageError
from quality.files import finish, write_half
from quality.model.canonical import dumps, encode
from quality.model.evaluation import Evaluation
from quality.store.database import FrozenRow, Store
from quality.verdicts.history import PENDING, Request, read_snapshots


def close(store: Store, request: Request, now: datetime, by: str, agreed: bool) -> Evaluation:
    """Freeze the evaluation of a request's period for good, and return it. ``by``: who closes;
    ``agreed``: both parties do not wait for the dispute window.

    UsageError: closed already, not ended, or its dispute window is open. MeasureError: something
    is not measured, or was last fetched before the period ended.
    """
    period, contract = request.period, request.base
    (evaluation,) = evaluations(store, [request])
    closed = read_closed(store, contract)
    if period.id in closed:
        _restore(store, contract, period.id)
        record = closed[period.id].record
        raise UsageError(
            f"{period.id} of {contract.id} was closed on {record.closed_at:%Y-%m-%d} by "
            f"{record.closed_by} ({record.digest}): write corrections into the ledger as "
            f"credit notes of a later period"
        )
    _may_be_closed(request, agreed)
    _is_measured(store, request, evaluation)
    previous = list(closed.values())[-1].record.digest if closed else ""
    body = Body(
        format=FORMAT,
        contract=contract.id,
        period=period.id,
        closed_at=now.astimezone(UTC).replace(microsecond=0),
        closed_by=by,
        agreed=agreed,
        program=version("workmanship"),
        previous=previous,
        ledger=request.ledger.digests,
        evaluation=replace(evaluation, state="closed", disputed_until=None, frozen=None),
    )
    text = dumps(encode(body))
    file = record_file(contract, period.id)
    half = write_half(file, text)
    if closed and not store.frozen(contract.id):
        _adopt(store, contract, closed)
    store.freeze(contract.id, FrozenRow(period.id, text, digest_of(text), previous))
    finish(half, file)
    return read_closed(store, contract)[period.id].evaluation


def _may_be_closed(request: Request, agreed: bool) -> None:
    period = request.period
    if request.state == "provisional":
        raise UsageError(f"{period.id} has not ended: its last day is {period.end}")
    until = request.disputed_until
    if request.state == "dispute_window_open" and until and not agreed:
        raise UsageError(
            f"the dispute window of {period.id} is open until {until}: close it from "
            f"{until + timedelta(days=1)} on, or with --agreed once both parties agree"
        )


def _is_measured(store: Store, request: Request, evaluation: Evaluation) -> None:
    contract, period = request.contract, request.period
    snapshots = read_snapshots(store, request)
    ended = period_end_instant(period, contract.timezone)
    excused = [
        each.entry
        for each in request.claims[period.id]
        if not each.why_not and not each.entry.paths and not each.entry.service_levels
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


# ---------------------------------------------------------------- writing


def _adopt(store: Store, contract: Contract, closed: dict[str, Closed]) -> None:
    """Bring records that only files hold back into the database."""
    for period, each in closed.items():
        text = record_file(contract, period).read_text("utf-8")
        row = FrozenRow(period, text, each.record.digest, each.record.previous)
        store.freeze(contract.id, row)


def _restore(store: Store, contract: Contract, period: str) -> None:
    """Write the file of a record that only the database holds."""
    file = record_file(contract, period)
    for row in store.frozen(contract.id):
        if row.period == period and not file.exists():
            finish(write_half(file, row.body), file)
