"""Closing a period: what will be frozen, and the one moment from which it is.

The moment is the commit of the database's transaction. Before it only a file of another name may
be left behind; after it the file's final name may be missing, which the next closing restores.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version

from quality.closing.conditions import (
    is_claimed,
    is_measured,
    is_settled,
    is_shared,
    may_be_closed,
)
from quality.closing.evaluations import evaluations
from quality.closing.guard import guarded, witness
from quality.closing.reach import not_closed_twice
from quality.closing.records import FORMAT, Body, Closed, digest_of, read_closed, record_file
from quality.contract.contract import Contract
from quality.errors import UsageError
from quality.files import finish, half_of, write_half
from quality.model.canonical import dumps, encode
from quality.model.evaluation import Evaluation
from quality.store.database import FrozenRow, Store
from quality.verdicts.request import Request


def to_close(store: Store, request: Request, agreed: bool) -> Evaluation:
    """The evaluation that closing a request's period would freeze. ``agreed``: both parties do not
    wait for the dispute window, and the ledger shows it.

    UsageError: closed already, not ended, out of order, its dispute window or a dispute is open, or
    credits may still be claimed.
    MeasureError: something is not measured, was last fetched before the period ended, or unknown,
    here or in another contract that shares a cap.
    """
    closed = guarded(store, request.family, {request.base.id}, request.today)
    if request.period.id in closed:
        raise _closed_already(request.base, closed[request.period.id])
    (evaluation,) = evaluations(store, [request])
    may_be_closed(request, closed, agreed)
    not_closed_twice(request.family, store, request.period.start, request.period.end)
    is_measured(store, request, evaluation)
    is_settled(request, evaluation)
    is_claimed(request, evaluation)
    is_shared(request, evaluation)
    return evaluation


@dataclass(frozen=True, slots=True)
class Closer:
    """Who closes a period and when. ``agreed``: see ``to_close``; ``shown``: what was shown
    before, which must still be so."""

    now: datetime
    by: str
    agreed: bool = False
    shown: Evaluation | None = None


def close(store: Store, request: Request, closer: Closer) -> Evaluation:
    """Freeze the evaluation of a request's period for good, and return it (errors as ``to_close``;
    UsageError: it is no longer as it was shown)."""
    period, contract = request.period, request.base
    _finish_interrupted(store, contract)
    evaluation = to_close(store, request, closer.agreed)
    if closer.shown and closer.shown != evaluation:
        raise UsageError(
            f"{period.id} has changed since it was shown: look at it again, then close it"
        )
    closed = read_closed(store, contract, request.today)
    witness(store, request.family, closer.now)
    previous = list(closed.values())[-1].record.digest if closed else ""
    body = Body(
        format=FORMAT,
        contract=contract.id,
        period=period.id,
        closed_at=closer.now.astimezone(UTC).replace(microsecond=0),
        closed_by=closer.by,
        agreed=closer.agreed,
        program=version("workmanship"),
        previous=previous,
        ledger=request.ledger.digests,
        evaluation=replace(
            evaluation, state="closed", disputed_until=None, as_of=None, frozen=None
        ),
        stated=request.contract.stated,
    )
    text = dumps(encode(body))
    file = record_file(contract, period.id)
    half = write_half(file, text)
    store.freeze(contract.id, FrozenRow(period.id, text, digest_of(text), previous))
    finish(half, file)
    witness(store, request.family, closer.now)
    return read_closed(store, contract)[period.id].evaluation


def _closed_already(contract: Contract, closed: Closed) -> UsageError:
    record = closed.record
    return UsageError(
        f"{closed.evaluation.period.id} of {contract.id} was closed on {record.closed_at:%Y-%m-%d} "
        f"by {record.closed_by} ({record.digest}): write corrections into the ledger as credit "
        f"notes of a later period"
    )


def _finish_interrupted(store: Store, contract: Contract) -> None:
    """Give a record its name whose closing was stopped after the database's transaction."""
    for row in store.frozen(contract.id):
        file = record_file(contract, row.period)
        half = half_of(file)
        if not file.exists() and half.exists() and half.read_bytes() == row.body.encode():
            finish(half, file)
