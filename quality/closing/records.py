"""Closed periods: evaluations that no later change of data, contract, ledger or program touches.

A period is *provisional* while it runs, *in dispute* for the contract's ``dispute_days`` after its
end (both days included), provisional again until somebody closes it, and then *closed* for good.
Closing writes one record, canonical JSON with the whole evaluation, to two places: a row of the
database and a file ``NAME.closed/PERIOD.json`` beside the contract, the same bytes. Every record
names the digest of the one before, so a record that is changed or taken away breaks the chain.
Whoever can write both places can forge both together: so each party keeps the digest, or the file.

Reading prefers nothing: rows and files must agree. Where one of the two is missing as a whole (a
new database, a contract that was moved without its folder), the other one serves, and a note says
so. Corrections are credit notes in a later period, see the ledger.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from quality.contract.contract import Contract
from quality.contract.ledger import Ledger, ledger_path, stem
from quality.errors import MeasureError
from quality.model.canonical import NotCanonicalError, decode, dumps, encode
from quality.model.closing import Difference, FrozenRecord, PeriodState
from quality.model.evaluation import Evaluation
from quality.model.verdict import Measured, Verdict
from quality.store.database import FrozenRow, Store
from quality.verdicts.history import Request
from quality.verdicts.portfolio import evaluate

FORMAT = "workmanship.closed/1"


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period. ``entries``: (id, digest) of the ledger's entries at that time."""

    evaluation: Evaluation
    record: FrozenRecord
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What a record holds, key by key."""

    format: str
    contract: str
    period: str
    closed_at: str
    closed_by: str
    agreed: bool
    program: str
    previous: str
    ledger: tuple[tuple[str, str], ...]
    evaluation: Evaluation


def digest_of(body: str) -> str:
    """The digest that names a record."""
    return f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"


def closed_folder(contract: Path) -> Path:
    """Where the records lie: ``acme.contract.yaml`` has ``acme.closed/`` beside."""
    return contract.with_name(f"{stem(contract)}.closed")


def state(request: Request) -> tuple[PeriodState, date | None]:
    """The state of a period that is not closed, and the last day of its dispute window."""
    if request.today is None:
        return "", None
    until = request.period.end + timedelta(days=request.contract.dispute_days)
    if request.period.end >= request.today:
        return "provisional", until
    return ("in_dispute" if request.today <= until else "provisional"), until


# ---------------------------------------------------------------- reading


def read_closed(store: Store, contract: Contract) -> dict[str, Closed]:
    """The closed periods of a contract (the one that the others amend), by the period's name.

    MeasureError: a record was changed, or taken away from between others.
    """
    rows = store.frozen(contract.id)
    files = _files(contract)
    known = {row.period: row for row in rows}
    _unbroken(contract, rows)
    for period, text in files.items():
        if rows and period not in known:
            raise _tampered(contract, period, f"{store.path} has lost its row")
        if rows and text != known[period].body:
            file = closed_folder(contract.path) / f"{period}.json"
            raise _tampered(contract, period, f"{file} and {store.path} differ")
    if not rows:
        rows = _chained(contract, files)
        note = f"{store.path} does not hold this record: it is read from its file"
        return {row.period: _closed(contract, row, (note,)) for row in rows}
    missing = (f"the copy in {closed_folder(contract.path)} is missing: close again to restore it",)
    return {row.period: _closed(contract, row, () if row.period in files else missing)
            for row in rows}  # fmt: skip


def _files(contract: Contract) -> dict[str, str]:
    folder = closed_folder(contract.path)
    try:
        paths = sorted(folder.glob("*.json"))
        return {path.stem: path.read_bytes().decode("utf-8", "replace") for path in paths}
    except OSError as error:
        raise MeasureError(f"cannot read {folder}: {error.strerror}") from error


def _unbroken(contract: Contract, rows: Sequence[FrozenRow]) -> None:
    previous = ""
    for row in rows:
        if digest_of(row.body) != row.digest:
            raise _tampered(contract, row.period, "its content does not match its digest")
        if row.previous != previous:
            raise _tampered(contract, row.period, "the record before it was changed or removed")
        previous = row.digest


def _chained(contract: Contract, files: dict[str, str]) -> list[FrozenRow]:
    """The files' records in the order of their chain."""
    bodies = {period: _body(contract, period, text) for period, text in files.items()}
    after = {body.previous: period for period, body in bodies.items()}
    rows: list[FrozenRow] = []
    previous = ""
    while previous in after:
        period = after.pop(previous)
        rows.append(FrozenRow(period, files[period], digest_of(files[period]), previous))
        previous = rows[-1].digest
    if len(rows) != len(files):
        lost = min(files.keys() - {row.period for row in rows})
        raise _tampered(contract, lost, "the record before it was changed or removed")
    return rows


def _closed(contract: Contract, row: FrozenRow, notes: tuple[str, ...]) -> Closed:
    from datetime import datetime

    body = _body(contract, row.period, row.body)
    if body.previous != row.previous:
        raise _tampered(contract, row.period, "it names another record before it")
    record = FrozenRecord(
        closed_at=datetime.fromisoformat(body.closed_at),
        closed_by=body.closed_by,
        agreed=body.agreed,
        digest=row.digest,
        previous=row.previous,
        notes=notes,
    )
    return Closed(replace(body.evaluation, frozen=record), record, body.ledger)


def _body(contract: Contract, period: str, text: str) -> Body:
    try:
        data = json.loads(text)
        if isinstance(data, dict) and data.get("format") != FORMAT:
            raise MeasureError(
                f"the record of closed period {period} has the format "
                f"{str(data.get('format'))[:40]!a}: this release reads {FORMAT}"
            )
        body = decode(Body, data)
    except (NotCanonicalError, ValueError, ArithmeticError, RecursionError) as error:
        raise _tampered(contract, period, "it is no readable record") from error
    if body.period != period or body.evaluation.period.id != period:
        raise _tampered(contract, period, f"it is the record of {body.period}")
    if body.contract != contract.id:
        raise _tampered(contract, period, f"it is a record of contract {body.contract}")
    return body


def _tampered(contract: Contract, period: str, how: str) -> MeasureError:
    return MeasureError(
        f"the record of closed period {period} of {contract.id} is not as it was closed: {how}. "
        f"Compare it with the other party's copy, and restore it"
    )


# ---------------------------------------------------------------- judging


def evaluations(store: Store, requests: Sequence[Request]) -> tuple[Evaluation, ...]:
    """What stands for each request: the frozen evaluation where the period is closed, with what a
    recomputation would say differently; else the evaluation of today, with the period's state."""
    closed = [read_closed(store, request.base) for request in requests]
    building = [
        replace(request, closed={name: each.evaluation for name, each in found.items()})
        for request, found in zip(requests, closed, strict=True)
    ]
    today = evaluate(store, building)
    return tuple(map(_settled, building, closed, today))


def _settled(request: Request, closed: dict[str, Closed], today: Evaluation) -> Evaluation:
    found = closed.get(request.period.id)
    if found is None:
        now, until = state(request)
        return replace(today, state=now, disputed_until=until)
    different = differences(found, today, request.ledger)
    return replace(found.evaluation, frozen=replace(found.record, differences=different))


def differences(closed: Closed, now: Evaluation, ledger: Ledger) -> tuple[Difference, ...]:
    """Where a recomputation does not agree with what was frozen."""
    then = closed.evaluation
    pairs = [
        ("contract digest", then.contract_digest, now.contract_digest),
        ("recipe digest", then.recipe.digest, now.recipe.digest),
        ("outcome", then.outcome, now.outcome),
    ]
    commits = [{s.repository: s.commit or "none" for s in e.snapshots} for e in (then, now)]
    pairs += _pairs("commit of", *commits)
    levels = [{v.id: v for v in each.service_levels} for each in (then, now)]
    for what, text in (("value", _value), ("outcome", _outcome)):
        texts = [{f"{id}": text(verdict) for id, verdict in side.items()} for side in levels]
        pairs += [(f"{name} {what}", a, b) for name, a, b in _pairs("", *texts)]
    pairs += _pairs("ledger entry", *_relied_on(closed, ledger))
    pairs += [("credit statement", _money(then), _money(now))]
    return tuple(Difference(*each) for each in pairs if each[1] != each[2])


def _pairs(what: str, then: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    names = dict.fromkeys([*then, *now])
    return [(f"{what} {n}".strip(), then.get(n, "none"), now.get(n, "none")) for n in names]


def _value(verdict: Verdict) -> str:
    def text(measured: Measured | None) -> str:
        if measured is None:
            return "unknown"
        return f"{measured.value} ({measured.numerator}/{measured.denominator})"

    return text(verdict.measured)


def _outcome(verdict: Verdict) -> str:
    return verdict.outcome


def _relied_on(closed: Closed, ledger: Ledger) -> tuple[dict[str, str], dict[str, str]]:
    """The ledger's entries that the closed period counted: their digests then and now."""
    counted = {each.id for each in closed.evaluation.excusals if each.counts}
    counted |= {note.id for note in closed.evaluation.credit_notes if not note.why_not}
    then = {name: digest for name, digest in closed.entries if name in counted}
    now = {name: digest for name, digest in ledger.digests if name in counted}
    return then, now


def _money(evaluation: Evaluation) -> str:
    """The credit statement's total and digest; "none" where the contract names no money."""
    if evaluation.credits is None:
        return "none"
    return f"{evaluation.credits.total:f} ({digest_of(dumps(encode(evaluation.credits)))})"


def broken_promises(contract: Contract, ledger: Ledger) -> tuple[str, ...]:
    """The entries that closed periods counted and that were changed or removed since, a line each:
    a ledger only grows. Reads the records' files alone (MeasureError)."""
    found = []
    for row in _chained(contract, _files(contract)):
        then, now = _relied_on(_closed(contract, row, ()), ledger)
        for name, digest in then.items():
            if now.get(name) != digest:
                how = "changed" if name in now else "removed"
                found.append(
                    f"{ledger_path(contract.path)}: {name} was {how} after {row.period} was closed "
                    f"with it: restore it, and write corrections as new entries"
                )
    return tuple(found)
